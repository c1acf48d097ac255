// A model server reloads its model when a file changes; requests in flight go on with whatever is loaded.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
)

// model has its own vocabulary: the same token id means another word.
type model struct {
	name       string
	vocabulary []string
}

func (m *model) decode(token int) string { return m.vocabulary[token%len(m.vocabulary)] }

type server struct{ loaded atomic.Pointer[model] }

// generate streams an answer of six tokens and calls step before each.
func (s *server) generate(w http.ResponseWriter, step func(n int)) {
	for n := range 6 {
		step(n)
		fmt.Fprintf(w, "%s ", s.loaded.Load().decode(n))
	}
}

// reload swaps the model; the old one is dropped at once.
func (s *server) reload(m *model) { s.loaded.Store(m) }

func main() {
	english := &model{"llama3-en", []string{"the", "sky", "is", "blue", "by", "day"}}
	german := &model{"llama3-de", []string{"der", "Himmel", "ist", "blau", "am", "Tag"}}
	s := &server{}
	s.reload(english)

	answer := httptest.NewRecorder()
	half := make(chan struct{})
	var reloading sync.WaitGroup
	reloading.Add(1)
	go func() {
		defer reloading.Done()
		<-half
		s.reload(german)
	}()
	s.generate(answer, func(n int) {
		if n == 3 {
			close(half)
			reloading.Wait()
		}
	})
	fmt.Println("answer:", strings.TrimSpace(answer.Body.String()))
}
