// Checks the shards of a model in parallel and waits for all of them.
package main

import (
	"errors"
	"fmt"
	"sync"
)

var errChecksum = errors.New("checksum differs")

type shard struct {
	name string
	sum  uint32
	want uint32
}

func (s shard) verify() error {
	if s.sum != s.want {
		return fmt.Errorf("%s: %w", s.name, errChecksum)
	}
	return nil
}

func verifyShards(shards []shard) []error {
	var wg sync.WaitGroup
	errs := make([]error, len(shards))
	for i, s := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := s.verify(); err != nil {
				errs[i] = err
				return
			}
		}()
	}
	wg.Wait()
	return errs
}

func main() {
	shards := []shard{{"model-00001", 7, 7}, {"model-00002", 3, 9}}
	for _, err := range verifyShards(shards) {
		fmt.Println("shard:", err)
	}
}
