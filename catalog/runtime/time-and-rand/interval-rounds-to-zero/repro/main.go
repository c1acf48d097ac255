// Polls GPU memory several times per second and divides the interval down to zero.
package main

import (
	"fmt"
	"time"
)

type gpuMonitor struct {
	samplesPerSecond int
	used             uint64
}

func (m *gpuMonitor) watch(samples int) {
	interval := time.Duration(1/m.samplesPerSecond) * time.Second
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for range samples {
		<-ticker.C
		m.used += 1 << 20
	}
}

func main() {
	m := &gpuMonitor{samplesPerSecond: 50}
	m.watch(3)
	fmt.Println("used", m.used>>20, "MiB")
}
