// Saves a model's configuration on each change while requests read it. A slow disk is played by writing in pieces.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

type config struct {
	Name    string   `json:"name"`
	Context int      `json:"context"`
	Stop    []string `json:"stop"`
}

// write stores data as os.WriteFile does: truncate, then write.
func write(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	half := len(data) / 2
	_, first := file.Write(data[:half])
	time.Sleep(time.Millisecond)
	_, second := file.Write(data[half:])
	return errors.Join(first, second, file.Close())
}

func save(path string, c config) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := write(path+".tmp", data); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

func load(path string) (c config, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(data, &c)
}

func main() {
	path := filepath.Join(".", "llama3.json")
	c := config{Name: "llama3", Context: 8192, Stop: []string{"<|eot_id|>"}}
	if err := save(path, c); err != nil {
		panic(err)
	}
	var saving sync.WaitGroup
	saving.Add(1)
	go func() {
		defer saving.Done()
		for n := range 50 {
			c.Context = 8192 + n
			if err := save(path, c); err != nil {
				fmt.Println("save:", err)
			}
		}
	}()
	failed, last := 0, error(nil)
	for range 200 {
		if _, err := load(path); err != nil {
			failed, last = failed+1, err
		}
		time.Sleep(200 * time.Microsecond)
	}
	saving.Wait()
	fmt.Println("torn reads:", failed > 0, last)
}
