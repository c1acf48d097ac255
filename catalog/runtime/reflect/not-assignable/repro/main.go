// Tool calls: fills the parameters of a tool from the JSON arguments that a model produced.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type searchParams struct {
	Query string
	Limit int
}

// bind sets each parameter from the argument of the same name.
func bind(params any, arguments map[string]any) error {
	v := reflect.ValueOf(params).Elem()
	for name, argument := range arguments {
		field := v.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("tool has no parameter %q", name)
		}
		value := reflect.ValueOf(argument)
		field.Set(value)
	}
	return nil
}

func main() {
	var arguments map[string]any
	if err := json.Unmarshal([]byte(`{"Query":"golang reflect","Limit":5}`), &arguments); err != nil {
		fmt.Println(err)
		return
	}
	var params searchParams
	err := bind(&params, arguments)
	fmt.Printf("%+v %v\n", params, err)
}
