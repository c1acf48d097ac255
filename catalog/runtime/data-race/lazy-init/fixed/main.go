// Talks to an upstream LLM API and works its base URL out on the first call.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type client struct {
	once    sync.Once
	host    string
	baseURL string
}

// url is the address of an endpoint.
func (c *client) url(endpoint string) string {
	c.once.Do(func() {
		c.baseURL = "https://" + strings.TrimSuffix(c.host, "/") + "/v1"
	})
	return c.baseURL + endpoint
}

func main() {
	c := &client{host: "llm.example/"}
	urls := make([]string, 4)
	var wg sync.WaitGroup
	for i := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			urls[i] = c.url("/chat/completions")
		}()
	}
	wg.Wait()
	fmt.Println(urls[0])
}
