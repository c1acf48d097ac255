package main

// static void told(int bytes) { (void)bytes; }
import "C"

func main() {
	buf := make([]byte, 512)
	var array [16]float32
	C.told(C.int(len(buf)))
	C.told(C.int(len(array) * 4))
	C.told(C.int(len(buf) * 2))
	C.told(C.int(min(len(buf), 100)))
}
