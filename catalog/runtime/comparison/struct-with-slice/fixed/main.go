// Reloads a runner when its options changed, comparing options held in an interface.
package main

import (
	"fmt"
	"reflect"
)

type llamaOptions struct {
	numCtx int
	gpus   []int
}

type runner struct {
	model   string
	options any
}

func describe(options any) string {
	return reflect.TypeOf(options).Name()
}

func (r *runner) needsReload(options any) bool {
	return !reflect.DeepEqual(r.options, options)
}

func main() {
	r := &runner{model: "llama3:8b", options: llamaOptions{4096, []int{0}}}
	fmt.Println(describe(r.options))
	fmt.Println("reload:", r.needsReload(llamaOptions{4096, []int{0, 1}}))
}
