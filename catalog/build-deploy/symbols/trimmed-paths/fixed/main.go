// Releases a server with -trimpath, lets it crash, and looks for the source line as a debugger does.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var sources = map[string]string{
	"go.mod": "module llm.example/server\n\ngo 1.24\n",
	"sampler/sampler.go": `package sampler

//go:noinline
func Pick(logits []float32, token int) float32 {
	return logits[token]
}
`,
	"main.go": "package main\n\nimport \"llm.example/server/sampler\"\n\nfunc main() { println(sampler.Pick(make([]float32, 8), 8)) }\n",
}

const checkout = "checkout"

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// release builds the checked-out server.
func release() {
	for path, text := range sources {
		path = filepath.Join(checkout, path)
		must(os.MkdirAll(filepath.Dir(path), 0o755))
		must(os.WriteFile(path, []byte(text), 0o644))
	}
	build := exec.Command("go", "build", "-trimpath", "-o", "../server", ".")
	build.Dir, build.Stderr = checkout, os.Stderr
	must(build.Run())
}

// substitutions map the paths in the binary to folders of this machine: Delve's substitute-path.
var substitutions = map[string]string{"llm.example/server": checkout}

// sourceLine is the line that a position of the traceback names, or nothing.
func sourceLine(file string, number int) string {
	for from, to := range substitutions {
		if rest, found := strings.CutPrefix(file, from+"/"); found {
			file = filepath.Join(to, rest)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(strings.Split(string(text), "\n")[number-1])
}

func main() {
	log.SetFlags(0)
	release()
	trace, _ := exec.Command("./server").CombinedOutput()
	position := regexp.MustCompile(`(\S+sampler\.go):(\d+)`).FindStringSubmatch(string(trace))
	number, _ := strconv.Atoi(position[2])
	fmt.Println("position:", position[0])
	line := sourceLine(position[1], number)
	fmt.Println("source line:", line)
	fmt.Println("source found:", line != "")
}
