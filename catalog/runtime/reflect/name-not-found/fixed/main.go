// Configuration printer: shows the option that is named in a query, whatever its type.
package main

import (
	"fmt"
	"reflect"
)

type serverOptions struct {
	NumCtx    int
	NumBatch  int
	FlashAttn bool
}

func option(options any, name string) (any, error) {
	field := reflect.ValueOf(options).FieldByName(name)
	if !field.IsValid() {
		return nil, fmt.Errorf("no option %q", name)
	}
	return field.Interface(), nil
}

func main() {
	options := serverOptions{NumCtx: 4096, NumBatch: 512}
	for _, name := range []string{"NumCtx", "num_batch"} {
		value, err := option(options, name)
		fmt.Println(name, value, err)
	}
}
