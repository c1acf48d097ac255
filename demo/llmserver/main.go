// Command llmserver is a small inference server: it streams made-up tokens over HTTP, keeps a registry of
// loaded models and a cache of prompt prefixes. It carries one real mistake, which the demo brings out.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"example.com/llmserver/internal/engine"
	"example.com/llmserver/internal/prefixcache"
	"example.com/llmserver/internal/registry"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	pace := flag.Duration("pace", 20*time.Millisecond, "time one token takes")
	flag.Parse()
	log.SetFlags(log.LstdFlags | log.LUTC | log.Lmicroseconds)

	models := registry.New()
	models.Load("tiny-chat", registry.Shape{Layers: 4, Heads: 8, Context: 512})
	models.Load("tiny-embed", registry.Shape{Layers: 2, Heads: 4, Context: 256})

	srv := &server{models: models, engine: engine.New(*pace, prefixcache.New(64))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", srv.health)
	mux.HandleFunc("GET /v1/models", srv.listModels)
	mux.HandleFunc("POST /v1/generate", srv.generate)

	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	// The one line on standard output; the log goes to standard error.
	fmt.Printf("listening on %s\n", listener.Addr())
	log.Fatal(http.Serve(listener, mux))
}
