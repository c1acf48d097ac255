// A server reads its runner's log line by line. The runner prints a long line, and nobody reads its stderr any more.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// runner is the child: it logs the model's metadata while it loads, then serves.
func runner() {
	merges := strings.Repeat("a b,", 20<<10)
	fmt.Fprintln(os.Stderr, "tokenizer.ggml.merges", merges)
	for n := range 100 {
		fmt.Fprintln(os.Stderr, "load_tensors: layer", n, strings.Repeat(".", 1<<10))
	}
	fmt.Println("ready")
}

type process struct {
	cmd    *exec.Cmd
	output io.ReadCloser
	log    sync.WaitGroup
	last   string
	err    error
}

// follow keeps the last line of the runner's log, for the message when it dies.
func (p *process) follow(stderr io.Reader) {
	defer p.log.Done()
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		p.last = lines.Text()
	}
	p.err = lines.Err()
}

func start() (*process, error) {
	p := &process{cmd: exec.Command(os.Args[0], "runner")}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if p.output, err = p.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	p.log.Add(1)
	go p.follow(stderr)
	return p, p.cmd.Start()
}

func main() {
	if len(os.Args) > 1 {
		runner()
		return
	}
	p, err := start()
	if err != nil {
		panic(err)
	}
	hung := time.AfterFunc(time.Second, func() { p.cmd.Process.Kill() })
	answer, _ := bufio.NewReader(p.output).ReadString('\n')
	if !hung.Stop() {
		answer = "no answer"
	}
	p.log.Wait()
	fmt.Printf("runner: %s, log reader: %v\n", strings.TrimSpace(answer), p.err)
	p.cmd.Wait()
}
