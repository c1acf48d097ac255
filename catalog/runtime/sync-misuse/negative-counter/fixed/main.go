// Downloads the parts of a model file in parallel and counts them off in a WaitGroup.
package main

import (
	"errors"
	"fmt"
	"sync"
)

var errRange = errors.New("416 range not satisfiable")

type part struct {
	offset, size int64
}

func fetch(p part) error {
	if p.size == 0 {
		return errRange
	}
	return nil
}

type blobDownload struct {
	wg     sync.WaitGroup
	mu     sync.Mutex
	failed []part
}

func (d *blobDownload) fail(p part) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed = append(d.failed, p)
}

func (d *blobDownload) worker(p part) {
	defer d.wg.Done()
	if err := fetch(p); err != nil {
		d.fail(p)
	}
}

func main() {
	d := &blobDownload{}
	for _, p := range []part{{0, 64}, {64, 0}} {
		d.wg.Add(1)
		d.worker(p)
	}
	d.wg.Wait()
	fmt.Println("failed parts", len(d.failed))
}
