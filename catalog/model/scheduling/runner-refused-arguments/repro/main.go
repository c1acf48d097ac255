// Starts a runner process with a flag that this version of the runner does not know.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
)

// runner is the child: the same program, started as `server runner FLAGS`.
func runner(arguments []string) {
	flags := flag.NewFlagSet("runner", flag.ExitOnError)
	model := flags.String("model", "", "path of the model")
	context := flags.Int("ctx-size", 2048, "tokens of context")
	flags.Parse(arguments)
	fmt.Printf("ready: %s, %d tokens of context\n", *model, *context)
}

type options struct {
	model     string
	context   int
	flashAttn bool
}

func (o options) arguments() []string {
	arguments := []string{"runner", "-model", o.model, "-ctx-size", fmt.Sprint(o.context)}
	if o.flashAttn {
		arguments = append(arguments, "-flash-attn")
	}
	return arguments
}

// start waits until the runner is ready; when it ends before, the first line it wrote says why.
func start(o options) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	var stderr bytes.Buffer
	command := exec.Command(self, o.arguments()...)
	command.Stderr = &stderr
	ready, err := command.Output()
	if err != nil {
		reason, _ := bufio.NewReader(&stderr).ReadString('\n')
		return "", fmt.Errorf("model runner process has terminated: %w: %s", err, strings.TrimSpace(reason))
	}
	return string(ready), nil
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "runner" {
		runner(os.Args[2:])
		return
	}
	log.SetFlags(0)
	ready, err := start(options{model: "tiny.gguf", context: 4096, flashAttn: true})
	if err != nil {
		log.Fatal("load tiny: ", err)
	}
	fmt.Print(ready)
}
