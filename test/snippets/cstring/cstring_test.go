package snippet

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestCountBytes(t *testing.T) {
	if n, err := countBytes("hello"); n != 5 || err != nil {
		t.Fatalf("got %d, %v", n, err)
	}
	if _, err := countBytes("cut\x00here"); err == nil {
		t.Fatal("no error for a zero byte")
	}
}

// 512 strings of 1 MiB: resident memory tells whether they were freed.
func TestStringIsFreed(t *testing.T) {
	text := strings.Repeat("x", 1<<20)
	countBytes(text)
	before := maxResident(t)
	for range 512 {
		countBytes(text)
	}
	if grown := maxResident(t) - before; grown > 128<<20 {
		t.Fatalf("resident memory grew by %d MiB", grown>>20)
	}
}

func maxResident(t *testing.T) int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
