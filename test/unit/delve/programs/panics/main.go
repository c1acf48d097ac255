// Command panics panics in the way it is told.
package main

import (
	"errors"
	"fmt"
	"os"
)

type code int
type label string
type point struct{ X, Y int }
type failure struct{ op string }

func (f *failure) Error() string { return "failure: " + f.op + "\nsecond line" }

func main() {
	switch os.Args[1] {
	case "string":
		panic("plain text")
	case "error":
		panic(fmt.Errorf("load: %w", errors.New("inner")))
	case "pointer":
		panic(&failure{"read"})
	case "code":
		panic(code(7))
	case "label":
		panic(label("x y"))
	case "struct":
		panic(point{1, 2})
	case "structptr":
		panic(&point{1, 2})
	case "float":
		panic(1.5)
	case "nil":
		panic(nil)
	case "nested":
		defer func() {
			panic("second")
		}()
		panic("first")
	case "repanic":
		defer func() {
			panic(recover())
		}()
		panic("again")
	case "recovered":
		defer func() {
			defer func() { recover() }()
			panic("inner")
		}()
		panic("outer")
	case "bool":
		panic(true)
	case "multi":
		panic("one\ntwo")
	}
}
