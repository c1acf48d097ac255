// Unloads a model twice, for an idle timeout and for a reload; the second one removes the new runner.
package main

import "fmt"

type runner struct {
	model  string
	pid    int
	exited bool
}

// scheduler keeps one runner per model and handles unload events in order.
type scheduler struct {
	loaded  map[string]*runner
	started []*runner
	unloads []*runner
}

func (s *scheduler) load(model string) *runner {
	r := &runner{model: model, pid: 1000 + len(s.started)}
	s.started = append(s.started, r)
	s.loaded[model] = r
	return r
}

// expire asks for an unload; it is called by the idle timer and by every reload.
func (s *scheduler) expire(r *runner) { s.unloads = append(s.unloads, r) }

func (s *scheduler) unloadNext() {
	r := s.unloads[0]
	s.unloads = s.unloads[1:]
	r.exited = true
	if s.loaded[r.model] == r {
		delete(s.loaded, r.model)
	}
}

func main() {
	s := &scheduler{loaded: map[string]*runner{}}
	first := s.load("llama")
	s.expire(first) // idle timeout
	s.expire(first) // a request with another context length
	s.unloadNext()
	second := s.load("llama")
	s.unloadNext()

	_, known := s.loaded["llama"]
	fmt.Printf("runner %d: running %t, known to the scheduler %t\n", second.pid, !second.exited, known)
}
