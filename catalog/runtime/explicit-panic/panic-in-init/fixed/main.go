// Reads the upstream proxy of an LLM client from the environment when the package is loaded.
package main

import (
	"fmt"
	"net/url"
	"os"
)

var upstream *url.URL

func configure() error {
	proxy, ok := os.LookupEnv("LLM_PROXY")
	if !ok {
		proxy = "gateway.internal:8080\x7f"
	}
	u, err := url.Parse(proxy)
	if err != nil {
		return err
	}
	upstream = u
	return nil
}

func main() {
	if err := configure(); err != nil {
		fmt.Println("bad LLM_PROXY, going direct:", err)
	}
	fmt.Println("upstream", upstream)
}
