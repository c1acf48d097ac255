// Reads the upstream proxy of an LLM client from the environment when the package is loaded.
package main

import (
	"fmt"
	"net/url"
	"os"
)

var upstream *url.URL

func init() {
	proxy, ok := os.LookupEnv("LLM_PROXY")
	if !ok {
		proxy = "gateway.internal:8080\x7f"
	}
	u, err := url.Parse(proxy)
	if err != nil {
		panic(err)
	}
	upstream = u
}

func main() {
	fmt.Println("upstream", upstream)
}
