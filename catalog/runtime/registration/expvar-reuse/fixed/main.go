// Publishes a request counter for each model server, always under the same expvar name.
package main

import (
	"expvar"
	"fmt"
)

type modelServer struct {
	model    string
	requests *expvar.Int
}

func newModelServer(model string) *modelServer {
	return &modelServer{model: model, requests: expvar.NewInt("requests." + model)}
}

func (s *modelServer) complete(prompt string) {
	s.requests.Add(1)
}

func main() {
	servers := []*modelServer{newModelServer("llama3:8b"), newModelServer("qwen3:4b")}
	for _, s := range servers {
		s.complete("why is the sky blue")
		fmt.Println(s.model, s.requests.Value())
	}
}
