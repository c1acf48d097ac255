package snippet

import (
	"context"
	"io"
	"net"
	"net/http"
	"syscall"
	"testing"
	"time"
)

// The signal goes to this very process: without a handler it would end the test.
func TestRequestFinishesAfterSIGTERM(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	finish := make(chan struct{})
	arrived := make(chan struct{})
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-finish
		io.WriteString(w, "whole answer")
	})}
	ended := make(chan error, 1)
	go func() { ended <- serve(context.Background(), server, listener) }()
	answer := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	<-arrived
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	for { // until the port is closed, the signal has not been taken yet
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break
		}
		connection.Close()
		time.Sleep(time.Millisecond)
	}
	close(finish)
	if got := <-answer; got != "whole answer" {
		t.Fatalf("the client got %q", got)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestPortInUseIsReported(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := serve(context.Background(), &http.Server{}, listener); err == nil {
		t.Fatal("no error from a closed listener")
	}
}
