/** A small Go module whose programs and tests crash for real, each of its own fault. */
import { makeWorkspace, type Workspace } from "../driver/workspace.ts";

const SCORES = `package main

// sumScores adds up the scores of a beam.
func sumScores(scores []float64) float64 {
	total := 0.0
	for i := 0; i <= len(scores); i++ {
		total += scores[i]
	}
	return total
}
`;

const MAIN = `package main

import "fmt"

func main() {
	fmt.Println(sumScores([]float64{0.5, 0.25, 0.125}))
}
`;

const TEST = `package main

import "testing"

func TestSum(t *testing.T) {
	if got := sumScores([]float64{1, 2}); got != 3 {
		t.Fatal(got)
	}
}

func BenchmarkSum(b *testing.B) {
	for b.Loop() {
		sumScores([]float64{1})
	}
}
`;

/** Writes into a map that was never made. */
const CACHE = `package main

type kvCache struct {
	pages map[int][]float32
}

func (c *kvCache) put(layer int, page []float32) {
	c.pages[layer] = page
}

func main() {
	var cache kvCache
	cache.put(0, make([]float32, 16))
}
`;

/** Uses a model that the registry does not know. */
const REGISTRY = `package main

import "fmt"

type model struct {
	name string
}

var models = map[string]*model{"tiny": {name: "tiny"}}

func load(name string) *model {
	return models[name]
}

func main() {
	fmt.Println("serving", load("large").name)
}
`;

/** Waits for a token that nobody sends. */
const STREAM = `package main

import "fmt"

func main() {
	tokens := make(chan string)
	fmt.Println(<-tokens)
}
`;

/** Divides by the size of an empty batch. */
const BATCH = `package main

import "fmt"

func share(tokens, batch int) int {
	return tokens / batch
}

func main() {
	var requests []string
	fmt.Println(share(512, len(requests)))
}
`;

/** A module in a folder with a space in its name. */
const SPACED = `package main

type beam struct {
	tokens []int
}

func (b *beam) last() int {
	return b.tokens[len(b.tokens)-1]
}

func main() {
	println((&beam{}).last())
}
`;

/** The sources of `sumScores`, with its fault and without. */
export const BROKEN = SCORES;
export const MENDED = SCORES.replace("i <= len", "i < len");

export const SCORES_FILE = "scores.go";

const TASKS = {
  version: "2.0.0",
  tasks: [
    { label: "stream with diagnosis", type: "golm", args: ["run", "./cmd/stream"], problemMatcher: [] },
    { label: "cache in a shell", type: "shell", command: "go run ./cmd/cache", problemMatcher: "$go-panic" },
  ],
};

export function beamService(more: Readonly<Record<string, string>> = {}): Workspace {
  return makeWorkspace(
    {
      "go.mod": "module example.com/beam\n\ngo 1.24\n",
      [SCORES_FILE]: SCORES,
      "main.go": MAIN,
      "scores_test.go": TEST,
      "cmd/cache/main.go": CACHE,
      "cmd/registry/main.go": REGISTRY,
      "cmd/stream/main.go": STREAM,
      "cmd/batch/main.go": BATCH,
      "beam search/go.mod": "module example.com/search\n\ngo 1.24\n",
      "beam search/main.go": SPACED,
      ".vscode/tasks.json": JSON.stringify(TASKS, undefined, 2),
      ...more,
    },
    "beam",
  );
}
