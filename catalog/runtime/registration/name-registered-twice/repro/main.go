// Registers the inference backends of a server; a copied init keeps the old name.
package main

import "fmt"

type backend interface{ Generate(prompt string) string }

type cpuBackend struct{}

type cudaBackend struct{}

func (cpuBackend) Generate(prompt string) string  { return "cpu: " + prompt }
func (cudaBackend) Generate(prompt string) string { return "cuda: " + prompt }

var backends = make(map[string]func() backend)

// RegisterBackend is called from the init functions of the backends.
func RegisterBackend(name string, create func() backend) {
	if _, ok := backends[name]; ok {
		panic("backend: " + name + " already registered")
	}
	backends[name] = create
}

func init() {
	RegisterBackend("cpu", func() backend { return cpuBackend{} })
}

func init() {
	RegisterBackend("cpu", func() backend { return cudaBackend{} })
}

func main() {
	for _, name := range []string{"cpu", "cuda"} {
		fmt.Println(backends[name]().Generate("hi"))
	}
}
