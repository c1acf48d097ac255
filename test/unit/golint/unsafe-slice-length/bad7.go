// Fails: run: fatal error: out of memory|cannot allocate memory
package main

/*
static const char *text(void) { return "text"; }
static int detokenize(int ok) { return ok ? 4 : -1; }
*/
import "C"

func piece(ok C.int) string {
	return C.GoStringN(C.text(), C.detokenize(ok)) // want unsafe-slice-length
}

func main() {
	println(piece(1))
	println(piece(0))
}
