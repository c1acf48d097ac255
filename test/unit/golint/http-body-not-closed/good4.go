package main

import (
	"net/http"
	"time"
)

// Tries again until there is a response.
func wait(url string) bool {
	var resp *http.Response
	var err error
	for range 3 {
		resp, err = http.Get(url)
		if err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err != nil {
		return false
	}
	ok := resp.StatusCode == http.StatusOK
	resp.Body.Close()
	return ok
}

func main() { println(wait("http://127.0.0.1:1")) }
