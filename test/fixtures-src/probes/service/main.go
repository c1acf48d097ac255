// Service with the faults the probes look for. Each argument is `FAULT=COUNT`; the first line it prints is where its
// pprof endpoint listens, the second that the faults are in place.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/pprof"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// idleHTTP2 leaves connections open on a server that has no IdleTimeout.
func idleHTTP2(count int) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "ok")
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	for range count {
		client := &http.Client{Transport: server.Client().Transport.(*http.Transport).Clone()}
		response, err := client.Get(server.URL)
		if err != nil {
			panic(err)
		}
		response.Body.Close()
	}
}

// openBodies asks an upstream and does not read the answers.
func openBodies(count int) {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", 1<<20))
	}))
	for range count {
		if _, err := http.Get(upstream.URL); err != nil {
			panic(err)
		}
	}
}

func produce(tokens chan<- string) {
	for {
		tokens <- "token"
	}
}

// abandonedStreams reads one token of each stream.
func abandonedStreams(count int) {
	for range count {
		tokens := make(chan string)
		go produce(tokens)
		<-tokens
	}
}

type worker struct {
	jobs chan func()
}

func (w *worker) run() {
	for job := range w.jobs {
		job()
	}
}

// forgottenWorkers makes workers and never closes their queues.
func forgottenWorkers(count int) {
	for range count {
		go (&worker{jobs: make(chan func())}).run()
	}
}

func heartbeat() {
	ticker := time.NewTicker(time.Hour)
	for {
		<-ticker.C
	}
}

func tickers(count int) {
	for range count {
		go heartbeat()
	}
}

// waits waits for goroutines that never say Done.
func waits(count int) {
	for range count {
		var pending sync.WaitGroup
		pending.Add(1)
		go pending.Wait()
	}
}

type request struct{ context.Context }

// Done hides the parent's own, so that package context needs a goroutine for each child.
func (r request) Done() <-chan struct{} { return make(chan struct{}) }

// lostCancels derives contexts and drops their cancel functions.
func lostCancels(count int) {
	for range count {
		_, _ = context.WithCancel(request{context.Background()})
	}
}

func locked(count int) {
	var registry sync.Mutex
	registry.Lock()
	for range count {
		go registry.Lock()
	}
}

func blockedForever(count int) {
	for range count {
		go func() { select {} }()
	}
}

func nilChannels(count int) {
	for range count {
		go func() { var replies chan string; <-replies }()
	}
}

// kvCache keeps the keys and values of every token it ever saw.
type kvCache struct {
	pages [][]float32
}

func (c *kvCache) Append(tokens int) {
	page := make([]float32, tokens*1024)
	page[0] = 1
	c.pages = append(c.pages, page)
}

// growingCache appends `count` KiB ten times a second.
func growingCache(count int) {
	cache := &kvCache{}
	go func() {
		for {
			cache.Append(count / 4)
			runtime.GC()
			time.Sleep(100 * time.Millisecond)
		}
	}()
}

// openFiles opens the same file again and again.
func openFiles(count int) {
	for range count {
		file, err := os.Open(os.DevNull)
		if err != nil {
			panic(err)
		}
		runtime.SetFinalizer(file, nil)
		kept = append(kept, file)
	}
}

var kept []*os.File

var faults = map[string]func(int){
	"http2": idleHTTP2, "bodies": openBodies, "streams": abandonedStreams, "workers": forgottenWorkers,
	"tickers": tickers, "waits": waits, "cancels": lostCancels, "locks": locked, "selects": blockedForever,
	"nils": nilChannels, "cache": growingCache, "files": openFiles, "panic": func(int) { panic("no model") },
	"malloc": takeNative,
}

func servePprof() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/elsewhere/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://203.0.113.1/debug/pprof/goroutine", http.StatusFound)
	})
	mux.HandleFunc("/slow/", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/plain/", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>hello</html>") })
	fmt.Printf("http://%s\n", listener.Addr())
	go http.Serve(listener, mux)
}

func main() {
	servePprof()
	for _, argument := range os.Args[1:] {
		name, number, _ := strings.Cut(argument, "=")
		count, err := strconv.Atoi(number)
		// Arguments that are no faults are there to be looked at from outside.
		if fault := faults[name]; fault != nil && err == nil {
			fault(count)
		}
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
}
