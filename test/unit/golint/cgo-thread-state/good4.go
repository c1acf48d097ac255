package main

/*
static _Thread_local int device;
static int cudaSetDevice(int d) { device = d; return 0; }
static int cudaGetDeviceCount(int *n) { *n = 1; return 0; }
*/
import "C"

func devices() int {
	var n C.int
	C.cudaGetDeviceCount(&n)
	return int(n)
}

// A mere wrapper: whoever calls it knows what else he calls.
func setDevice(device int) bool {
	return C.cudaSetDevice(C.int(device)) == 0
}

func main() {
	if devices() != 1 || !setDevice(0) {
		panic("no device")
	}
}
