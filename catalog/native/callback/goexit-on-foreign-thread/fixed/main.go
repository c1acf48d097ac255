// Lets a C library probe the health of the service on a thread of its own.
package main

// #cgo LDFLAGS: -lpthread
// #include "probe.h"
import "C"

import "fmt"

var loaded bool

// requireModel stops the probe when no model is loaded.
func requireModel() bool {
	return loaded
}

//export healthProbe
func healthProbe() C.int {
	if !requireModel() {
		return 1
	}
	return 0
}

func main() {
	fmt.Println("status", C.probe_once())
}
