// A chat server that keeps the key-value cache of every conversation for its next turn.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

const (
	turnBytes   = 4 << 20
	maxSessions = 8
)

// limitMemory leaves the process room for the given bytes more, as `ulimit -v` or a small machine does.
func limitMemory(room uint64) error {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	pages, err := strconv.ParseUint(strings.Fields(string(statm))[0], 10, 64)
	if err != nil {
		return err
	}
	limit := pages*uint64(os.Getpagesize()) + room
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit})
}

type Server struct {
	kv    map[string][]byte
	order []string
}

// turn answers one message and keeps the cache it filled.
func (s *Server) turn(session string) {
	cache := make([]byte, turnBytes)
	for i := 0; i < len(cache); i += 4096 {
		cache[i] = byte(i)
	}
	s.kv[session] = cache
	s.order = append(s.order, session)
}

func main() {
	if err := limitMemory(384 << 20); err != nil {
		fmt.Println("limit:", err)
		return
	}
	s := &Server{kv: map[string][]byte{}}
	for i := range 200 {
		s.turn(fmt.Sprint("session ", i))
	}
	fmt.Println("sessions kept", len(s.kv))
}
