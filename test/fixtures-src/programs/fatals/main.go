// Failures the runtime throws itself, without cgo. `fatals KIND` dies of that kind.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

type node struct {
	left, right *node
	depth       int
}

//go:noinline
func (n *node) walk(depth int) int { // @walk-entry
	var pad [64]int
	pad[depth%64] = depth
	return n.walk(depth+1) + pad[(depth+1)%64] // @stack-overflow
}

//go:noinline
func even(n int) bool { return !odd(n + 1) } // @mutual-recursion

//go:noinline
func odd(n int) bool { return !even(n + 1) }

type cache struct {
	mu    sync.Mutex
	items map[int]int
}

func (c *cache) put(i int) {
	for {
		c.items[i] = i // @map-writes
	}
}

func (c *cache) get(i int) int {
	sum := 0
	for {
		sum += c.items[i] // @map-read-write
	}
}

func (c *cache) sum() int {
	n := 0
	for {
		for _, v := range c.items { // @map-iteration
			n += v
		}
	}
}

type header struct {
	words [4]uint64
}

// Variables, so that the program builds for 32 bits too; heap, so that checkptr has objects to look at.
var (
	fault        uint64 = 0xdeadbeef000
	nonCanonical uint64 = 0xdead00000000beef
	heap         [2][]byte
)

func size(bits uint) int { return int(uint64(1) << bits) }

func main() {
	c := &cache{items: map[int]int{}}
	for i := 0; i < 1000; i++ {
		c.items[i] = i
	}
	switch os.Args[1] {
	case "stack-overflow":
		debug.SetMaxStack(1 << 20)
		(&node{}).walk(0)
	case "stack-overflow-default":
		(&node{}).walk(0)
	case "mutual-recursion":
		debug.SetMaxStack(1 << 20)
		even(0)
	case "map-writes":
		go c.put(1)
		c.put(2)
	case "map-read-write":
		go c.put(1)
		c.get(1)
	case "map-iteration":
		go c.put(1)
		c.sum()
	case "deadlock":
		ch := make(chan int)
		<-ch // @deadlock
	case "deadlock-select":
		select {} // @deadlock-select
	case "deadlock-mutex":
		c.mu.Lock()
		c.mu.Lock() // @deadlock-mutex
	case "deadlock-nil-channel":
		var ch chan int
		ch <- 1 // @deadlock-nil-channel
	case "deadlock-workers":
		var wg sync.WaitGroup
		jobs := make(chan int)
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for range jobs { // @deadlock-worker
				}
			}()
		}
		wg.Wait() // @deadlock-workers
	case "unlock":
		c.mu.Unlock() // @unlock
	case "rwunlock":
		var rw sync.RWMutex
		rw.RUnlock() // @rwunlock
	case "out-of-memory":
		b := make([]byte, size(46)) // @out-of-memory
		fmt.Println(len(b))
	case "out-of-memory-small":
		b := make([]byte, size(38)) // @out-of-memory-small
		fmt.Println(len(b))
	case "fault-address":
		p := (*int)(unsafe.Pointer(uintptr(fault)))
		debug.SetPanicOnFault(false)
		fmt.Println(*p) // @fault-address
	case "non-canonical":
		p := (*int)(unsafe.Pointer(uintptr(nonCanonical)))
		fmt.Println(*p) // @non-canonical
	case "checkptr-arithmetic":
		heap[0], heap[1] = make([]byte, 64), make([]byte, 64)
		gap := uintptr(unsafe.Pointer(&heap[1][0])) - uintptr(unsafe.Pointer(&heap[0][0]))
		p := unsafe.Pointer(uintptr(unsafe.Pointer(&heap[0][0])) + gap) // @checkptr-arithmetic
		fmt.Println(*(*byte)(p))
	case "checkptr-alignment":
		b := make([]byte, 64)
		h := (*node)(unsafe.Pointer(&b[1])) // @checkptr-alignment
		fmt.Println(h.depth, h.left)
	case "checkptr-straddle":
		heap[0] = make([]byte, 8)
		h := (*header)(unsafe.Pointer(&heap[0][0])) // @checkptr-straddle
		fmt.Println(h.words[1])
	case "threads":
		debug.SetMaxThreads(8)
		for i := 0; i < 32; i++ {
			go func() {
				runtime.LockOSThread()
				select {}
			}()
		}
		time.Sleep(time.Second)
	case "busy":
		go spin()
		go spin()
		time.Sleep(50 * time.Millisecond)
		panic("others are running") // @busy
	case "minutes":
		go serve(1)
		go func() { <-make(chan int) }() // @minutes-worker
		time.Sleep(100 * time.Millisecond)
		runtime.GC()
		runtime.GC()
		time.Sleep(62 * time.Second)
		panic("after a while") // @minutes
	case "bus":
		bus()
	case "abort":
		panic("leave a core") // @abort
	case "wait":
		go serve(1)
		go serve(2)
		fmt.Println("ready")
		time.Sleep(time.Minute) // @wait
	default:
		os.Exit(3)
	}
}

//go:noinline
func spin() {
	for i := 0; ; i++ {
		if i < 0 {
			return
		}
	}
}

// bus reads a mapped page behind the end of its file.
//
//go:noinline
func bus() {
	f, err := os.Create(os.Args[0] + ".weights")
	if err != nil {
		panic(err)
	}
	os.Remove(f.Name())
	data, err := syscall.Mmap(int(f.Fd()), 0, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	fmt.Println(data[100]) // @bus
}

//go:noinline
func serve(id int) {
	runtime.LockOSThread()
	select {}
}
