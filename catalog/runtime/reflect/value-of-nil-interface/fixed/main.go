// Response decoder: copies decoded JSON members into the maps of a message, member by member.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type message struct {
	ID    string
	Extra map[string]string
}

// setExtra stores a member that has no field of its own.
func setExtra(m *message, name string, member any) error {
	v := reflect.ValueOf(member)
	if !v.IsValid() {
		return nil // JSON null: nothing to store
	}
	if v.Type().Kind() != reflect.String {
		return fmt.Errorf("member %s is a %s, want a string", name, v.Type())
	}
	m.Extra[name] = v.String()
	return nil
}

func main() {
	var members map[string]any
	if err := json.Unmarshal([]byte(`{"fingerprint":"fp_1","refusal":null}`), &members); err != nil {
		fmt.Println(err)
		return
	}
	m := &message{ID: "msg-1", Extra: map[string]string{}}
	for _, name := range []string{"fingerprint", "refusal"} {
		if err := setExtra(m, name, members[name]); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(m.ID, m.Extra)
}
