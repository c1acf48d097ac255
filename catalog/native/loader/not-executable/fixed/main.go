// Unpacks a model runner from a release archive and starts it.
package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// release packs the runner, a script here, as the build job does.
func release() []byte {
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	header := &zip.FileHeader{Name: "runner"}
	header.SetMode(0o755)
	entry, _ := writer.CreateHeader(header)
	io.WriteString(entry, "#!/bin/sh\necho runner ready\n")
	writer.Close()
	return archive.Bytes()
}

func unpack(archive []byte) error {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	for _, entry := range reader.File {
		content, err := entry.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(content)
		if err != nil {
			return err
		}
		if err := os.WriteFile(entry.Name, data, entry.Mode().Perm()); err != nil {
			return err
		}
	}
	return nil
}

func mustStart(path string) string {
	ready, err := exec.Command(path).Output()
	if err != nil {
		panic(fmt.Errorf("start model runner: %w", err))
	}
	return string(ready)
}

func main() {
	if err := unpack(release()); err != nil {
		panic(err)
	}
	fmt.Print(mustStart("./runner"))
}
