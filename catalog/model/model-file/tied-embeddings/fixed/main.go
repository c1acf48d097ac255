// Builds a model from its tensors; a model with tied embeddings stores no output matrix of its own.
package main

import "fmt"

type tensor struct {
	rows, columns int
	values        []float32
}

// checkpoint is what a weights file holds, by tensor name.
type checkpoint map[string]*tensor

func (c checkpoint) tensor(name string) (*tensor, error) {
	if t, found := c[name]; found {
		return t, nil
	}
	return nil, fmt.Errorf("tensor %q not found", name)
}

type model struct{ embedding, output *tensor }

func newModel(weights checkpoint) (*model, error) {
	embedding, err := weights.tensor("token_embd.weight")
	if err != nil {
		return nil, err
	}
	output, err := weights.tensor("output.weight")
	if err != nil {
		output = embedding
	}
	return &model{embedding: embedding, output: output}, nil
}

// mustOpen is for start-up, where a server without its model is of no use.
func mustOpen(name string, weights checkpoint) *model {
	m, err := newModel(weights)
	if err != nil {
		panic(fmt.Errorf("load model %s: %w", name, err))
	}
	return m
}

func main() {
	large := checkpoint{
		"token_embd.weight": {rows: 8, columns: 4, values: make([]float32, 32)},
		"output.weight":     {rows: 8, columns: 4, values: make([]float32, 32)},
	}
	small := checkpoint{"token_embd.weight": {rows: 8, columns: 4, values: make([]float32, 32)}}
	fmt.Println("7b: output rows", mustOpen("7b", large).output.rows)
	fmt.Println("1b: output rows", mustOpen("1b", small).output.rows)
}
