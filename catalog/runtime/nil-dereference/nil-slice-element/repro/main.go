// Device discovery: sums the free memory of the devices whose probe succeeded.
package main

import (
	"errors"
	"fmt"
)

type device struct {
	name      string
	freeBytes uint64
}

func probe(index int) (*device, error) {
	if index == 1 {
		return nil, errors.New("driver not responding")
	}
	return &device{name: fmt.Sprintf("gpu%d", index), freeBytes: 8 << 30}, nil
}

func discover(count int) []*device {
	devices := make([]*device, count)
	for i := range devices {
		d, err := probe(i)
		if err != nil {
			fmt.Printf("probe %d: %v\n", i, err)
			continue
		}
		devices[i] = d
	}
	return devices
}

func totalFree(devices []*device) uint64 {
	var total uint64
	for _, d := range devices {
		total += d.freeBytes
	}
	return total
}

func main() {
	fmt.Printf("free %d GiB\n", totalFree(discover(3))>>30)
}
