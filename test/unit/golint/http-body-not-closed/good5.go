package main

import (
	"net/http"
)

// The answer to HEAD has no body; a body is closed where there is one.
func exists(url string) bool {
	req, err := http.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	return err == nil && resp.StatusCode == http.StatusOK
}

func closed(url string) {
	resp, _ := http.Get(url)
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
}

func main() { println(exists("http://127.0.0.1:1")); closed("http://127.0.0.1:1") }
