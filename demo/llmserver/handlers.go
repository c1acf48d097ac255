package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	"example.com/llmserver/internal/engine"
	"example.com/llmserver/internal/registry"
)

type server struct {
	models *registry.Registry
	engine *engine.Engine
}

type generateRequest struct {
	Model     string `json:"model"`
	Prompt    string `json:"prompt"`
	MaxTokens int    `json:"max_tokens"`
}

func (s *server) health(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, "ok")
}

func (s *server) listModels(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(s.models.Names()); err != nil {
		log.Printf("models: %v", err)
	}
}

// generate streams one JSON object per token, a line each, until the model has said all or the client leaves.
func (s *server) generate(w http.ResponseWriter, r *http.Request) {
	var req generateRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	model, ok := s.models.Get(req.Model)
	if !ok {
		http.Error(w, "no such model", http.StatusNotFound)
		return
	}
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "streaming is not supported", http.StatusInternalServerError)
		return
	}
	stream := s.engine.Start(model, req.Prompt, req.MaxTokens)
	defer stream.Close()
	w.Header().Set("Content-Type", "application/x-ndjson")
	encoder := json.NewEncoder(w)
	for sent := 0; ; sent++ {
		select {
		case <-r.Context().Done():
			log.Printf("generate model=%s client left after %d tokens", model.Name, sent)
			return
		case token := <-stream.Tokens:
			if err := encoder.Encode(token); err != nil {
				return
			}
			flusher.Flush()
			if token.Last {
				log.Printf("generate model=%s done tokens=%d", model.Name, sent+1)
				return
			}
		}
	}
}
