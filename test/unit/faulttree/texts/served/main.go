// net/http recovers a handler's panic and prints it.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

type model struct{ name string }

func handle(w http.ResponseWriter, r *http.Request) {
	var m *model
	fmt.Fprintln(w, m.name)
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(handle))
	defer server.Close()
	http.Get(server.URL)
}
