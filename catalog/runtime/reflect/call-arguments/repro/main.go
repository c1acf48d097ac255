// Hook registry: plugins register functions of any signature, and events call them with what they have.
package main

import (
	"fmt"
	"reflect"
)

type hooks struct {
	byEvent map[string][]reflect.Value
}

func (h *hooks) on(event string, fn any) {
	h.byEvent[event] = append(h.byEvent[event], reflect.ValueOf(fn))
}

func (h *hooks) emit(event string, args ...any) error {
	in := make([]reflect.Value, len(args))
	for i, arg := range args {
		in[i] = reflect.ValueOf(arg)
	}
	for _, fn := range h.byEvent[event] {
		fn.Call(in)
	}
	return nil
}

func main() {
	h := &hooks{byEvent: map[string][]reflect.Value{}}
	h.on("loaded", func(model string) { fmt.Println("loaded", model) })
	h.on("loaded", func(model string, layers int) { fmt.Println("loaded", model, "with", layers, "layers") })
	fmt.Println(h.emit("loaded", "llama3"))
}
