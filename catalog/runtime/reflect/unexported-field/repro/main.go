// Audit log: writes all fields of a request as key and value.
package main

import (
	"fmt"
	"reflect"
	"strings"
)

type request struct {
	Model  string
	Tokens int
	apiKey string
}

func describe(r any) string {
	var parts []string
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		parts = append(parts, fmt.Sprintf("%s=%v", field.Name, v.Field(i).Interface()))
	}
	return strings.Join(parts, " ")
}

func main() {
	r := request{Model: "llama3", Tokens: 128, apiKey: "sk-123"}
	fmt.Println(describe(r), len(r.apiKey))
}
