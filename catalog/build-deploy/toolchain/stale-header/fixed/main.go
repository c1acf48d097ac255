// Starts an engine through bindings that bring a header of their own.
package main

// #include "include/engine.h"
import "C"

import "fmt"

// mustMatch compares what the bindings were compiled with and what is linked.
func mustMatch() {
	if header, library := C.ENGINE_VERSION, int(C.engine_version()); header != library {
		panic(fmt.Sprintf("engine: bindings compiled with header version %d, library version %d", header, library))
	}
}

func main() {
	mustMatch()
	params := C.struct_engine_params{context: 4096, threads: 4}
	fmt.Println("engine threads:", C.engine_start(&params))
}
