// Builds a model runner as the CI job does, for the platform of its Dockerfile, and starts it on this machine.
package main

import (
	_ "embed"
	"log"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

const source = `package main

func main() { println("runner ready") }
`

// targets are what CI's own machine would give; a server of the other kind pulls the image.
var targets = map[string]string{"amd64": "arm64", "arm64": "amd64"}

// architecture is what the build stage makes: that of the target platform, or that of the machine it runs on.
func architecture() string {
	if strings.Contains(dockerfile, "GOARCH=$TARGETARCH") {
		return runtime.GOARCH
	}
	return targets[runtime.GOARCH]
}

func build() error {
	if err := os.WriteFile("runner.go", []byte(source), 0o644); err != nil {
		return err
	}
	compiler := exec.Command("go", "build", "-o", "runner", "runner.go")
	compiler.Env = append(os.Environ(), "CGO_ENABLED=0", "GOARCH="+architecture())
	compiler.Stderr = os.Stderr
	return compiler.Run()
}

func main() {
	log.SetFlags(0)
	if err := build(); err != nil {
		log.Fatal(err)
	}
	command := exec.Command("./runner")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		log.Fatal("start model runner: ", err)
	}
}
