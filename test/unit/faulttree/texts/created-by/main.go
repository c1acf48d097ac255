// Only library frames are on the failing goroutine.
package main

import (
	"sync"
	"time"
)

func schedule(wait *sync.WaitGroup) {
	wait.Add(1)
	go wait.Add(-2)
}

func main() {
	var wait sync.WaitGroup
	schedule(&wait)
	time.Sleep(time.Second)
}
