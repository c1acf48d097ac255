// A model server under a probe that restarts a process whose health page stays silent.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

type server struct {
	mu     sync.Mutex
	loaded bool
}

// load reads the weights.
func (s *server) load() {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(1500 * time.Millisecond)
	s.loaded = true
}

func (s *server) health(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintln(w, "loaded:", s.loaded)
}

// serve answers on the listener it inherits until it is told to stop.
func serve() error {
	l, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		return err
	}
	s := &server{}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", s.health)
	srv := &http.Server{Handler: mux}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	go srv.Serve(l)
	s.load()
	<-stop.Done()
	return srv.Shutdown(context.Background())
}

// probe asks three times; after three failures it sends SIGTERM, and SIGKILL when the grace period is over.
func probe(p *os.Process, url string) {
	client := http.Client{Timeout: 200 * time.Millisecond}
	for failed := 0; failed < 3; {
		time.Sleep(100 * time.Millisecond)
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
			fmt.Println("probe: healthy")
			p.Signal(syscall.SIGTERM)
			return
		}
		failed++
		fmt.Println("Liveness probe failed: no answer in 200ms")
	}
	p.Signal(syscall.SIGTERM)
	time.Sleep(300 * time.Millisecond)
	p.Kill()
}

// supervise starts the server and returns how it ended.
func supervise() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		return err
	}
	child := exec.Command("/proc/self/exe", "serve")
	child.Stdout, child.Stderr, child.ExtraFiles = os.Stdout, os.Stderr, []*os.File{file}
	if err := child.Start(); err != nil {
		return err
	}
	go probe(child.Process, "http://"+l.Addr().String()+"/healthz")
	return child.Wait()
}

func main() {
	run := supervise
	if len(os.Args) > 1 {
		run = serve
	}
	if err := run(); err != nil {
		fmt.Println("Container server failed liveness probe and was restarted:", err)
		os.Exit(1)
	}
}
