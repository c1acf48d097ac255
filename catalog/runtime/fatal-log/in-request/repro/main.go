// An inference server that logs with klog; a handler reports a request it cannot serve with Fatal.
package main

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"k8s.io/klog/v2"
)

// contextTokens is the size of the KV cache.
const contextTokens = 8

func tokenize(prompt string) []string { return strings.Fields(prompt) }

func generate(w http.ResponseWriter, r *http.Request) {
	prompt, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	tokens := tokenize(string(prompt))
	if len(tokens) > contextTokens {
		klog.Fatalf("prompt has %d tokens, the cache holds %d", len(tokens), contextTokens)
	}
	fmt.Fprintf(w, "%d tokens read", len(tokens))
}

func main() {
	logging := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(logging)
	logging.Parse([]string{"-logtostderr=false", "-log_dir=."})
	server := httptest.NewServer(http.HandlerFunc(generate))
	defer server.Close()
	for _, prompt := range []string{"why is the sky blue", strings.Repeat("again ", 9)} {
		answer, err := http.Post(server.URL, "text/plain", strings.NewReader(prompt))
		if err != nil {
			klog.Exit(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		fmt.Println(answer.StatusCode, strings.TrimSpace(string(text)))
	}
}
