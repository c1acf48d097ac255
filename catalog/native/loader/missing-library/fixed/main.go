// Builds a model runner with the library it needs, copies to the image what its Dockerfile says, and starts it there.
package main

import (
	_ "embed"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

const engine = `int engine_threads(void) { return 4; }`

const runner = `
#include <stdio.h>
int engine_threads(void);
int main(void) { printf("runner ready, %d threads\n", engine_threads()); return 0; }
`

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// cc compiles one C source.
func cc(source string, arguments ...string) {
	compiler := exec.Command("cc", append([]string{"-x", "c", "-"}, arguments...)...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	must(compiler.Run())
}

func build() {
	must(os.MkdirAll("build", 0o755))
	cc(engine, "-shared", "-fPIC", "-o", "build/libengine.so")
	cc(runner, "-o", "build/runner", "-Lbuild", "-lengine", "-Wl,-rpath,$ORIGIN")
}

// assemble copies what the last stage takes from the build stage.
func assemble() {
	must(os.MkdirAll("image", 0o755))
	for _, line := range strings.Split(dockerfile, "\n") {
		words := strings.Fields(line)
		if len(words) < 4 || words[0] != "COPY" || words[1] != "--from=build" {
			continue
		}
		for _, path := range words[2 : len(words)-1] {
			content, err := os.ReadFile(filepath.Join("build", filepath.Base(path)))
			must(err)
			must(os.WriteFile(filepath.Join("image", filepath.Base(path)), content, 0o755))
		}
	}
}

func main() {
	log.SetFlags(0)
	build()
	assemble()
	command := exec.Command("image/runner")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		log.Fatal("start model runner: ", err)
	}
}
