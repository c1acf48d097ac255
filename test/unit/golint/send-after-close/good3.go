package main

import "fmt"

type item struct{ text string }

// A lexer sends in the goroutine that closes.
type lexer struct {
	input string
	items chan item
	quit  chan struct{}
}

func (l *lexer) emit(text string) {
	select {
	case l.items <- item{text}:
	case <-l.quit:
	}
}

func (l *lexer) run() {
	for _, c := range l.input {
		l.emit(string(c))
	}
	l.closeItems()
}

func (l *lexer) closeItems() { close(l.items) }

func main() {
	l := &lexer{input: "abc", items: make(chan item), quit: make(chan struct{})}
	go l.run()
	for i := range l.items {
		fmt.Println(i.text)
	}
}
