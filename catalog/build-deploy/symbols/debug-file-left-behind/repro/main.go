// Splits a released server into program and debug file, publishes what its Dockerfile copies, and looks for both.
package main

import (
	"debug/elf"
	_ "embed"
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

const source = "package main\n\nfunc main() { println(\"serving\") }\n"

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func run(name string, arguments ...string) {
	command := exec.Command(name, arguments...)
	command.Stderr = os.Stderr
	must(command.Run())
}

// build does what the build stage's RUN line does.
func build() {
	must(os.WriteFile("server.go", []byte(source), 0o644))
	run("go", "build", "-buildvcs=false", "-ldflags=-B=gobuildid", "-o", "server", "server.go")
	run("objcopy", "--only-keep-debug", "server", "server.debug")
	run("strip", "server")
}

// publish copies what later stages take from the build stage.
func publish() {
	for _, line := range strings.Split(dockerfile, "\n") {
		words := strings.Fields(line)
		if len(words) != 4 || words[1] != "--from=build" {
			continue
		}
		content, err := os.ReadFile(filepath.Base(words[2]))
		must(err)
		target := filepath.Join("published", words[3])
		must(os.MkdirAll(filepath.Dir(target), 0o755))
		must(os.WriteFile(target, content, 0o755))
	}
}

// gnuBuildID is what joins a program and its debug file.
func gnuBuildID(path string) string {
	binary, err := elf.Open(path)
	must(err)
	defer binary.Close()
	note, err := binary.Section(".note.gnu.build-id").Data()
	must(err)
	return hex.EncodeToString(note[16:])
}

// debugFile is the published file with debug information of a program, as debuggers look for it.
func debugFile(program string) string {
	found := ""
	filepath.Walk("published", func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || path == program {
			return err
		}
		binary, err := elf.Open(path)
		must(err)
		defer binary.Close()
		if binary.Section(".debug_info") != nil && gnuBuildID(path) == gnuBuildID(program) {
			found = path
		}
		return nil
	})
	return found
}

func main() {
	log.SetFlags(0)
	build()
	publish()
	binary, err := elf.Open("published/server")
	must(err)
	defer binary.Close()
	fmt.Println("debug information in the image:", binary.Section(".debug_info") != nil)
	fmt.Println("debug file of the same build published:", debugFile("published/server") != "")
}
