// Builds the query of a model search from a url.Values that was declared and never made.
package main

import (
	"fmt"
	"net/url"
)

type searchOptions struct {
	author string
	limit  int
}

func searchURL(base string, o searchOptions) string {
	params := url.Values{}
	if o.author != "" {
		params.Set("author", o.author)
	}
	if o.limit > 0 {
		params.Set("limit", fmt.Sprint(o.limit))
	}
	return base + "?" + params.Encode()
}

func main() {
	fmt.Println(searchURL("http://hub.internal/api/models", searchOptions{}))
	fmt.Println(searchURL("http://hub.internal/api/models", searchOptions{author: "acme", limit: 5}))
}
