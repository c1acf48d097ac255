// Waits for the health report of a backend that is started only when it is enabled.
package main

import "fmt"

type backend struct {
	name   string
	health chan string
}

func (b *backend) start() {
	b.health = make(chan string, 1)
	b.health <- "ok"
}

func waitHealthy(b *backend) string {
	return b.name + " " + <-b.health
}

func main() {
	backends := []*backend{{name: "cpu"}, {name: "gpu"}}
	gpuEnabled := false
	for _, b := range backends {
		if b.name == "gpu" && !gpuEnabled {
			continue
		}
		b.start()
	}
	for _, b := range backends {
		if b.health == nil {
			continue
		}
		fmt.Println(waitHealthy(b))
	}
}
