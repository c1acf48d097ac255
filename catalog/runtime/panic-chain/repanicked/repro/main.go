// Runs every inference step in a guard that adds the request id to a panic.
package main

import "fmt"

type tensor struct {
	name  string
	shape []int
}

// matmulShape is the shape of a times b.
func matmulShape(a, b tensor) []int {
	if a.shape[1] != b.shape[0] {
		panic(fmt.Sprintf("matmul: %s is %v, %s is %v", a.name, a.shape, b.name, b.shape))
	}
	return []int{a.shape[0], b.shape[1]}
}

func guard(request string, step func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Errorf("request %s: %v", request, r))
		}
	}()
	step()
	return nil
}

func project(hidden, weights tensor) {
	fmt.Println("logits", matmulShape(hidden, weights))
}

func main() {
	hidden := tensor{"hidden", []int{1, 4096}}
	head := tensor{"lm_head", []int{5120, 32000}}
	if err := guard("req-17", func() { project(hidden, head) }); err != nil {
		fmt.Println("refused:", err)
	}
}
