// Completion client: posts a prompt to an upstream model server and reads the answer.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
)

type client struct {
	base string
	http *http.Client
}

func (c *client) complete(prompt string) (string, error) {
	resp, err := c.http.Post(c.base+"/completion", "text/plain", strings.NewReader(prompt))
	if err != nil {
		log.Printf("upstream: %v", err)
		return "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return string(answer), err
}

// closedAddress returns a loopback address that nothing listens on.
func closedAddress() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func main() {
	c := &client{base: "http://" + closedAddress(), http: &http.Client{}}
	if _, err := c.complete("why is the sky blue"); err != nil {
		fmt.Println("no answer, try later")
	}
}
