// Proxies chat requests to an upstream API that has stopped answering.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"sync/atomic"
	"time"
)

type proxy struct {
	upstream string
	client   *http.Client
	finished atomic.Int64
}

func (p *proxy) chat(ctx context.Context) {
	defer p.finished.Add(1)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.upstream, nil)
	if err != nil {
		return
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
}

// watchdog asks for a goroutine dump when the service does not answer in time, as an operator would.
func watchdog(healthy func() bool, patience time.Duration) {
	time.Sleep(patience)
	if !healthy() {
		exec.Command("sh", "-c", "kill -QUIT $PPID").Run()
		time.Sleep(time.Minute)
	}
}

// silent accepts connections and never writes a byte.
func silent() net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			if _, err := l.Accept(); err != nil {
				return
			}
		}
	}()
	return l
}

func main() {
	l := silent()
	p := &proxy{upstream: "http://" + l.Addr().String(), client: &http.Client{Timeout: 100 * time.Millisecond}}
	const requests = 4
	for range requests {
		go p.chat(context.Background())
	}
	watchdog(func() bool { return p.finished.Load() == requests }, 500*time.Millisecond)
	fmt.Println("finished", p.finished.Load())
}
