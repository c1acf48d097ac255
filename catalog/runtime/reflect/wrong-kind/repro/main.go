// Checkpoint decoder: restores agent state of any shape, list by list.
package main

import (
	"fmt"
	"reflect"
)

type agentState struct {
	History []string
	Window  [4]int
}

// restore copies the saved items into a list of the state.
func restore(list reflect.Value, items []any) error {
	for i, item := range items {
		if list.Kind() == reflect.Slice && i < list.Len() {
			list.Index(i).Set(reflect.ValueOf(item))
			continue
		}
		list.Set(reflect.Append(list, reflect.ValueOf(item)))
	}
	return nil
}

func main() {
	var state agentState
	v := reflect.ValueOf(&state).Elem()
	fmt.Println(restore(v.FieldByName("History"), []any{"hello", "hi"}))
	fmt.Println(restore(v.FieldByName("Window"), []any{3, 5}))
	fmt.Println(state)
}
