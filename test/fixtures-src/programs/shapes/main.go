// The shapes a function's name can take in a trace: generics, closures, method values, embedded methods, long
// argument lists, packages with dots in their path. `shapes KIND` dies in that shape.
package main

import (
	"cmp"
	"os"
	"slices"
	"sort"
	"sync"

	"github.com/acme/llmserver/shapes/internal/yaml.v3"
)

type number interface{ ~int | ~float64 }

type stack[T any] struct{ items []T }

//go:noinline
func (s *stack[T]) pop() T {
	return s.items[len(s.items)-1] // @generic-method
}

type pair[K comparable, V any] struct {
	key   K
	value V
}

//go:noinline
func sum[T number](xs []T, n int) T {
	var total T
	for i := 0; i <= n; i++ {
		total += xs[i] // @generic
	}
	return total
}

//go:noinline
func first[K comparable, V any](ps []pair[K, V]) V {
	return ps[0].value // @generic-pair
}

type embedded struct{ *yaml.Decoder }

type handler func(int) int

//go:noinline
func (h handler) call(n int) int { return h(n) }

type shape struct {
	a, b, c, d, e int
	name          string
	tags          []string
	next          *shape
}

//go:noinline
func many(a int8, b uint64, c float64, d string, e []int, f interface{}, g shape, h func(), i chan int, j map[string]int) {
	panic("many arguments") // @many
}

//go:noinline
func byValue(s shape, flags [3]bool) int { return s.next.a } // @by-value

func main() {
	switch os.Args[1] {
	case "generic":
		sum([]float64{1, 2}, 2)
	case "generic-method":
		(&stack[string]{}).pop()
	case "generic-pair":
		first([]pair[string, []int]{})
	case "generic-closure":
		slices.SortFunc([]int{2, 1}, func(a, b int) int {
			if a != b {
				panic("compare") // @generic-closure
			}
			return cmp.Compare(a, b)
		})
	case "dotted":
		yaml.Parse("a: [")
	case "embedded":
		e := embedded{}
		e.Next()
	case "func-type":
		handler(func(n int) int {
			panic("handler") // @func-type
		}).call(3)
	case "many":
		many(1, 2, 3, "four", []int{5}, 6, shape{}, nil, nil, nil)
	case "by-value":
		byValue(shape{name: "x"}, [3]bool{})
	case "sort":
		sort.Slice([]int{1, 2}, func(i, j int) bool {
			panic("less") // @sort
		})
	case "method-value":
		s := &stack[int]{}
		f := s.pop
		run(func() { f() })
	case "deep-closure":
		run(func() {
			run(func() {
				func() {
					defer func() {
						var p *shape
						p.a = 1 // @deep-closure
					}()
				}()
			})
		})
	case "go-defer":
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer release(nil)
		}()
		wg.Wait()
	case "global":
		global()
	}
}

var global = func() {
	panic("from a package variable") // @global
}

//go:noinline
func run(f func()) { f() }

//go:noinline
func release(s *shape) {
	s.a = 0 // @go-defer
}
