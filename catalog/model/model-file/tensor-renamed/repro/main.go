// Loads a converted checkpoint. The converter of a multimodal model keeps the text model below a prefix of its own.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
)

// checkpoint is what a weights file holds, by tensor name.
type checkpoint map[string][]float32

func (c checkpoint) tensor(name string) ([]float32, error) {
	values, found := c[name]
	if !found {
		return nil, fmt.Errorf("tensor %q not found", name)
	}
	return values, nil
}

type layer struct{ query, key []float32 }

func newLayer(weights checkpoint, n int) (*layer, error) {
	prefix := fmt.Sprintf("model.layers.%d.self_attn.", n)
	query, err := weights.tensor(prefix + "q_proj.weight")
	if err != nil {
		return nil, err
	}
	key, err := weights.tensor(prefix + "k_proj.weight")
	return &layer{query, key}, err
}

type server struct{ layers []*layer }

// load runs at start-up: a server without its model is of no use.
func load(weights checkpoint, layers int) *server {
	s := &server{}
	for n := range layers {
		l, err := newLayer(weights, n)
		if err != nil {
			panic(fmt.Errorf("load model: %w", err))
		}
		s.layers = append(s.layers, l)
	}
	return s
}

func (s *server) show(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprintln(w, len(s.layers), "layers,", slices.Max(s.layers[0].query))
}

func main() {
	for _, prefix := range []string{"model.", "language_model.model."} {
		weights := checkpoint{
			prefix + "layers.0.self_attn.q_proj.weight": {0.2, 0.4},
			prefix + "layers.0.self_attn.k_proj.weight": {0.1, 0.3},
		}
		answer := httptest.NewRecorder()
		load(weights, 1).show(answer, httptest.NewRequest(http.MethodGet, "/api/show", nil))
		fmt.Print(answer.Body)
	}
}
