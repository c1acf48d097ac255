// Builds a server and a tokenizer plugin that share a package, as two jobs of a CI do, and starts the server.
package main

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

var sources = map[string]string{
	"go.mod":         "module llm\n\ngo 1.24\n",
	"api/api.go":     "package api\n\ntype Tokenizer interface{ Count(text string) int }\n",
	"plugin/main.go": "package main\n\nimport \"llm/api\"\n\ntype words struct{}\n\nfunc (words) Count(text string) int { return len(text) / 4 }\n\nvar Tokenizer api.Tokenizer = words{}\n",
	"server/main.go": `package main

import (
	"fmt"
	"plugin"

	"llm/api"
)

func mustOpen(path string) api.Tokenizer {
	p, err := plugin.Open(path)
	if err != nil {
		panic(err)
	}
	symbol, err := p.Lookup("Tokenizer")
	if err != nil {
		panic(err)
	}
	return *symbol.(*api.Tokenizer)
}

func main() { fmt.Println("tokens:", mustOpen("./tokenizer.so").Count("a prompt of words")) }
`,
}

// released is the shared package after somebody added a type for batches.
const released = "package api\n\ntype Tokenizer interface{ Count(text string) int }\n\ntype Batch []string\n"

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func write(path, text string) {
	path = filepath.Join("llm", path)
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, []byte(text), 0o644))
}

func run(name string, arguments ...string) error {
	command := exec.Command(name, arguments...)
	command.Dir = "llm"
	command.Env = append(os.Environ(), "CGO_ENABLED=1")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	return command.Run()
}

func main() {
	log.SetFlags(0)
	for path, text := range sources {
		write(path, text)
	}
	must(run("go", "build", "-buildmode=plugin", "-o", "tokenizer.so", "./plugin"))
	write("api/api.go", released)
	must(run("go", "build", "-o", "llm-server", "./server"))
	must(run("./llm-server"))
}
