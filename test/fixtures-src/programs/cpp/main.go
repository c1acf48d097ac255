// A C++ exception that nobody catches, thrown under cgo.
package main

// #cgo CXXFLAGS: -g -O0
// void load_model(const char *path);
import "C"

func main() {
	C.load_model(C.CString("/models/llama.gguf")) // @exception
}
