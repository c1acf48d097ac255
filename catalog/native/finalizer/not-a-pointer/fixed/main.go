// Opens model sessions and sets a finalizer that releases each one's slot.
package main

import (
	"fmt"
	"runtime"
)

type Slot struct {
	id int
}

type Session struct {
	slot Slot
}

func (s Slot) release() {
	fmt.Println("released", s.id)
}

// openSession takes a slot that a finalizer gives back.
func openSession(id int) *Session {
	s := &Session{slot: Slot{id: id}}
	runtime.SetFinalizer(s, func(s *Session) { s.slot.release() })
	return s
}

func main() {
	s := openSession(4)
	fmt.Println("session on slot", s.slot.id)
}
