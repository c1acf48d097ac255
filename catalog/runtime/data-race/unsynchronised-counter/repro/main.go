// Downloads the parts of a blob in parallel and counts the bytes that have arrived.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type blobDownload struct {
	wg        sync.WaitGroup
	parts     atomic.Int64
	completed int64
}

func (d *blobDownload) fetch(size int64) {
	defer d.wg.Done()
	d.parts.Add(1)
	d.completed += size
}

func (d *blobDownload) run(sizes []int64) int64 {
	for _, size := range sizes {
		d.wg.Add(1)
		go d.fetch(size)
	}
	d.wg.Wait()
	return d.completed
}

func main() {
	d := &blobDownload{}
	fmt.Println("bytes", d.run([]int64{64, 64, 32, 16}), "parts", d.parts.Load())
}
