// Samples JSON under a grammar; the grammar is asked after top-k has thrown the allowed tokens away.
package main

import (
	"errors"
	"fmt"
	"slices"
)

type candidate struct {
	text  string
	logit float32
}

// grammar knows which tokens may come next.
type grammar struct{ allowed []string }

func (g grammar) filter(candidates []candidate) []candidate {
	return slices.DeleteFunc(candidates, func(c candidate) bool { return !slices.Contains(g.allowed, c.text) })
}

func topK(candidates []candidate, k int) []candidate {
	slices.SortFunc(candidates, func(a, b candidate) int { return int(b.logit - a.logit) })
	return candidates[:min(k, len(candidates))]
}

type sampler struct{ k int }

func (s sampler) sample(logits []candidate, g grammar) (string, error) {
	candidates := slices.Clone(logits)
	candidates = topK(candidates, s.k)
	candidates = g.filter(candidates)
	if len(candidates) == 0 {
		return "", errors.New("sample: no candidates left")
	}
	return candidates[0].text, nil
}

func generate(s sampler, steps [][]candidate, g grammar) {
	for _, logits := range steps {
		token, err := s.sample(logits, g)
		if err != nil {
			panic(fmt.Errorf("failed to sample token: %w", err))
		}
		fmt.Println("token", token)
	}
}

func main() {
	json := grammar{allowed: []string{"{", "}", `"`}}
	generate(sampler{k: 2}, [][]candidate{
		{{"Sure", 4}, {"{", 9}, {"}", 1}, {`"`, 2}},
		{{"Sure", 9}, {"Here", 8}, {"{", 3}, {"}", 5}},
	}, json)
}
