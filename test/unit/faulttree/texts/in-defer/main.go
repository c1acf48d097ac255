// A deferred call fails while the first panic is on its way up.
package main

type session struct{ open *bool }

func (s *session) close() { *s.open = false }

func load(path string) {
	s := &session{}
	defer s.close()
	panic("no such model: " + path)
}

func main() {
	load("llama.gguf")
}
