package snippet

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if path := os.Getenv("CRASH_OUTPUT"); path != "" {
		if err := keepCrashOutput(path); err != nil {
			panic(err)
		}
		go func() { select {} }()
		var registry map[string]int
		registry["tiny"] = 1
	}
	os.Exit(m.Run())
}

func TestCrashTextIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crash.log")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "CRASH_OUTPUT="+path)
	stderr, err := child.CombinedOutput()
	if err == nil {
		t.Fatal("the child did not crash")
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const header = "panic: assignment to entry in nil map"
	if !strings.Contains(string(kept), header) || !strings.Contains(string(stderr), header) {
		t.Fatalf("file: %s\nstderr: %s", kept, stderr)
	}
	if found := regexp.MustCompile(`(?m)^goroutine `).FindAll(kept, -1); len(found) < 2 {
		t.Fatalf("%d goroutines, want all: %s", len(found), kept)
	}
}
