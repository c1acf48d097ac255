// Every kind of value a panic can carry, and every way panics chain. `panics KIND` dies of that kind.
// A comment `// @NAME` marks the line that the expectation of fixture NAME points at.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

type tokenLimit int

type modelName string

type loadError struct {
	path string
	code int
}

func (e *loadError) Error() string { return fmt.Sprintf("load %s: code %d", e.path, e.code) }

type phase int

func (p phase) String() string { return "phase-decode" }

type request struct {
	ID     int
	Prompt string
}

type faultyError struct{}

func (faultyError) Error() string { panic("Error() itself failed") } // @faulty-error

type server struct {
	mu    sync.Mutex
	model *request
}

func (s *server) prompt() string {
	return s.model.Prompt // @nil-deref
}

type stage struct{ next func(int) int }

//go:noinline
func (s stage) apply(n int) int {
	panic(fmt.Sprintf("stage %d", n)) // @method-value
}

//go:noinline
func pick(tokens []string, i int) string {
	return tokens[i] // @index
}

//go:noinline
func cut(tokens []string, from, to int) []string {
	return tokens[from:to] // @slice
}

//go:noinline
func ratio(done, total int) int {
	return done / total // @divide
}

//go:noinline
func grow(n int) []float32 {
	return make([]float32, n) // @makeslice
}

//go:noinline
func text(v interface{}) string {
	return v.(string) // @conversion
}

//go:noinline
func reader(v interface{}) io.Reader {
	return v.(io.Reader) // @missing-method
}

func die(kind string) {
	switch kind {
	case "string":
		panic("tokenizer: vocabulary is empty") // @string
	case "error":
		panic(errors.New("model file is truncated")) // @error
	case "custom-error":
		panic(&loadError{"/models/llama.gguf", 7}) // @custom-error
	case "wrapped-error":
		panic(fmt.Errorf("start: %v", &loadError{"/models/llama.gguf", 7})) // @wrapped-error
	case "stringer":
		panic(phase(3)) // @stringer
	case "int":
		panic(42) // @int
	case "negative":
		panic(int8(-7)) // @negative
	case "uint64":
		panic(uint64(18446744073709551615)) // @uint64
	case "float":
		panic(1.5) // @float
	case "complex":
		panic(complex(1, -2)) // @complex
	case "bool":
		panic(true) // @bool
	case "named-int":
		panic(tokenLimit(4096)) // @named-int
	case "named-string":
		panic(modelName("llama \"3\"")) // @named-string
	case "struct":
		panic(request{ID: 9, Prompt: "hi"}) // @struct
	case "struct-pointer":
		panic(&request{ID: 9, Prompt: "hi"}) // @struct-pointer
	case "slice-value":
		panic([]int{1, 2}) // @slice-value
	case "multi-line":
		panic("bad request:\nmodel: llama\n\nprompt: <empty>") // @multi-line
	case "stack-inside":
		panic(fmt.Errorf("worker died: %s\n%s", "boom", debug.Stack())) // @stack-inside
	case "text-like-trace":
		panic("relay:\ngoroutine 7 [running]:\nmain.fake()\n\t/fake/fake.go:1 +0x1") // @text-like-trace
	case "nil":
		panic(nil) // @nil
	case "empty":
		panic("") // @empty
	case "nil-deref":
		fmt.Println((&server{}).prompt()) // @nil-deref-call
	case "nil-map":
		var cache map[string]int
		cache["a"] = 1 // @nil-map
	case "nil-func":
		stage{}.next(1) // @nil-func
	case "closed-channel":
		c := make(chan int)
		close(c)
		c <- 1 // @closed-channel
	case "close-twice":
		c := make(chan int)
		close(c)
		close(c) // @close-twice
	case "close-nil":
		var c chan int
		close(c) // @close-nil
	case "negative-waitgroup":
		var wg sync.WaitGroup
		wg.Done() // @negative-waitgroup
	case "index":
		pick([]string{"<s>", "a", "b"}, 3)
	case "index-negative":
		pick([]string{"<s>"}, -1)
	case "slice":
		cut([]string{"a", "b"}, 1, 5)
	case "slice-order":
		cut([]string{"a", "b", "c"}, 3, 1)
	case "divide":
		ratio(3, 0)
	case "makeslice":
		grow(-1)
	case "conversion":
		text(tokenLimit(3))
	case "conversion-nil":
		text(nil)
	case "missing-method":
		reader(request{})
	case "hash":
		m := map[interface{}]int{}
		m[[]int{1}] = 2 // @hash
	case "compare":
		var a, b interface{} = []int{1}, []int{1}
		fmt.Println(a == b) // @compare
	case "method-value":
		f := stage{}.apply
		f(4)
	default:
		chain(kind)
	}
}

func chain(kind string) {
	switch kind {
	case "deferred":
		defer func() {
			panic("while cleaning up") // @deferred
		}()
		panic("first")
	case "recovered-repanic":
		defer func() { // @recovered-repanic-gccgo
			r := recover()
			panic(fmt.Sprintf("again: %v", r)) // @recovered-repanic
		}()
		panic("first")
	case "repanic-same":
		defer func() {
			panic(recover()) // @repanic-same
		}()
		panic(errors.New("first"))
	case "repanic-twice":
		defer func() {
			panic(recover()) // @repanic-twice
		}()
		defer func() {
			panic(recover())
		}()
		panic("first")
	case "three-deep":
		defer func() {
			panic(fmt.Sprint("third after ", recover())) // @three-deep
		}()
		defer func() {
			panic("second\nwith a line")
		}()
		panic("first")
	case "error-panics":
		panic(faultyError{}) // @error-panics
	case "goexit":
		done := make(chan bool)
		go func() {
			defer close(done)
			defer func() {
				panic("cleanup after Goexit") // @goexit
			}()
			runtime.Goexit()
		}()
		<-done
		select {}
	case "goexit-main":
		runtime.Goexit()
	case "worker":
		var wg sync.WaitGroup
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go worker(i, &wg)
		}
		wg.Wait()
	case "closure":
		func() {
			func() {
				panic("in a closure") // @closure
			}()
		}()
	case "init-once":
		var once sync.Once
		once.Do(func() {
			panic("once") // @init-once
		})
	default:
		fmt.Fprintln(os.Stderr, "unknown kind", kind)
		os.Exit(3)
	}
}

//go:noinline
func worker(id int, wg *sync.WaitGroup) {
	defer wg.Done()
	if id == 2 {
		panic(fmt.Sprintf("worker %d: empty batch", id)) // @worker
	}
	select {}
}

func main() {
	die(os.Args[1])
}
