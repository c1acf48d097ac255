// Unloads a model by ending its runner process, and then reports that end as a crash.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"time"
)

// process is a runner that this server has started.
type process struct {
	command *exec.Cmd
	ended   chan error
}

// start runs this program again as `server runner`, which serves until it is told to stop.
func start() (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{command: exec.Command(self, "runner"), ended: make(chan error, 1)}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- p.command.Wait() }()
	return p, nil
}

func (p *process) unload() error {
	return p.command.Process.Kill()
}

// watch waits for the end of a runner; an error means that it has to be started again.
func (p *process) watch() error {
	if err := <-p.ended; err != nil {
		return fmt.Errorf("model runner exited unexpectedly: exitCode=%d", p.command.ProcessState.ExitCode())
	}
	return nil
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "runner" {
		time.Sleep(10 * time.Second)
		return
	}
	log.SetFlags(0)
	p, err := start()
	if err != nil {
		log.Fatal(err)
	}
	if err := p.unload(); err != nil {
		log.Fatal(err)
	}
	if err := p.watch(); err != nil {
		fmt.Println("restarting:", err)
		return
	}
	fmt.Println("unloaded")
}
