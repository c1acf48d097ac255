// Answers requests with the manifest of a model, which it reads anew for each of them.
package main

import (
	"fmt"
	"io"
	"os"
	"syscall"
)

// readManifest returns the manifest's text.
func readManifest(path string) string {
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func main() {
	limit := syscall.Rlimit{Cur: 64, Max: 64} // the usual soft limit is 1024
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		fmt.Println("limit:", err)
		return
	}
	bytes := 0
	for range 200 {
		bytes += len(readManifest("/proc/self/comm"))
	}
	fmt.Println("answered 200 requests,", bytes > 0)
}
