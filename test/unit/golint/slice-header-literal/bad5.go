// Fails: vet: possible misuse of reflect.SliceHeader
package main

import (
	"reflect"
	"unsafe"
)

func toBytes(s string) []byte {
	h := (*reflect.StringHeader)(unsafe.Pointer(&s))
	if h.Len == 0 {
		return nil
	}
	b := reflect.SliceHeader{Data: h.Data, Len: h.Len, Cap: h.Len} // want slice-header-literal
	return *(*[]byte)(unsafe.Pointer(&b))
}

func main() { println(string(toBytes("text"))) }
