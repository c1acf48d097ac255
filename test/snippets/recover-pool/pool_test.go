package snippet

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func failInDecode() { panic(io.ErrUnexpectedEOF) }

func TestPanicBecomesTheJobsError(t *testing.T) {
	refused := errors.New("refused")
	jobs := make([]func() error, 100)
	for i := range jobs {
		jobs[i] = func() error { return nil }
	}
	jobs[3] = func() error { return refused }
	jobs[50] = func() error { failInDecode(); return nil }
	for _, workers := range []int{0, 1, 8} {
		errs := runJobs(workers, jobs)
		if errs[3] != refused || !errors.Is(errs[50], io.ErrUnexpectedEOF) || errs[0] != nil || errs[99] != nil {
			t.Fatalf("%d workers: got %v", workers, errs)
		}
		var p *jobPanic
		if !errors.As(errs[50], &p) || !strings.Contains(string(p.Stack()), "failInDecode") {
			t.Fatalf("the stack does not name the function that panicked: %v", p)
		}
	}
}

func TestFirstStackIsKept(t *testing.T) {
	inner := runJob(func() error { failInDecode(); return nil })
	outer := runJob(func() error { panic(inner) })
	if outer != inner {
		t.Fatalf("got %v", outer)
	}
}
