// A chat server whose requests report their usage over a channel; the meter that makes it is switched off.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

type server struct {
	usage    chan int
	counted  atomic.Int64
	answered atomic.Int64
}

// startMeter collects token counts; it is an option of the server.
func (s *server) startMeter() {
	s.usage = make(chan int, 16)
	go func() {
		for tokens := range s.usage {
			s.counted.Add(int64(tokens))
		}
	}()
}

func (s *server) chat(w http.ResponseWriter, r *http.Request) {
	answer := "because of Rayleigh scattering"
	if s.usage != nil {
		s.usage <- len(strings.Fields(answer))
	}
	fmt.Fprintln(w, answer)
	s.answered.Add(1)
}

// watchdog asks for a goroutine dump when the service does not answer in time, as an operator would.
func watchdog(healthy func() bool, patience time.Duration) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if healthy() {
			return
		}
	}
	exec.Command("sh", "-c", "kill -QUIT $PPID").Run()
	time.Sleep(time.Minute)
}

func main() {
	s := &server{}
	for range 3 {
		request := httptest.NewRequest(http.MethodPost, "/v1/chat", strings.NewReader("why is the sky blue"))
		go s.chat(httptest.NewRecorder(), request)
	}
	watchdog(func() bool { return s.answered.Load() == 3 }, 300*time.Millisecond)
	fmt.Println("answered", s.answered.Load())
}
