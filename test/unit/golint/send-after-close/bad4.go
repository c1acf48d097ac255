// Fails: run: panic: close of closed channel
package main

import "fmt"

type watchdog struct{ stop chan struct{} }

func (w *watchdog) run() {
	<-w.stop
}

func (w *watchdog) Stop() {
	close(w.stop)
}

func serve(requests int) {
	w := &watchdog{stop: make(chan struct{})}
	go w.run()
	defer w.Stop() // want send-after-close
	if requests == 0 {
		fmt.Println("nothing to do")
		w.Stop()
		return
	}
}

func main() {
	serve(1)
	serve(0)
}
