// Runs blocking file reads on many threads as a user whose process count is limited.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

const (
	rlimitNproc = 6
	blocks      = 64
	readers     = 4
)

// threadsOf counts the threads the user has on this machine: the limit counts them too.
func threadsOf(uid int) (n uint64) {
	tasks, _ := filepath.Glob("/proc/[0-9]*/task/[0-9]*")
	for _, task := range tasks {
		var st syscall.Stat_t
		if syscall.Stat(task, &st) == nil && int(st.Uid) == uid {
			n++
		}
	}
	return n
}

// dropPrivileges becomes an ordinary user that may start as many threads more.
func dropPrivileges(more uint64) error {
	if os.Getuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			return err
		}
	}
	limit := threadsOf(os.Getuid()) + more
	return syscall.Setrlimit(rlimitNproc, &syscall.Rlimit{Cur: limit, Max: limit})
}

// readBlock stands for a read from a slow disk: it keeps its thread.
func readBlock() {
	ts := syscall.NsecToTimespec(int64(100 * time.Millisecond))
	syscall.Nanosleep(&ts, nil)
}

// readAll reads the blocks of a model file at the same time.
func readAll() {
	var wg sync.WaitGroup
	turn := make(chan bool, readers)
	for range blocks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			turn <- true
			defer func() { <-turn }()
			readBlock()
		}()
	}
	wg.Wait()
}

func main() {
	if err := dropPrivileges(12); err != nil {
		fmt.Println("limit:", err)
		return
	}
	readAll()
	fmt.Println("read", blocks, "blocks")
}
