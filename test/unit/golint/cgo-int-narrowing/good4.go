package main

// static void told(int bytes) { (void)bytes; }
import "C"

const chunk = 1 << 20

func write(data []byte) {
	for len(data) > 0 {
		n := min(len(data), chunk)
		C.told(C.int(n))
		data = data[n:]
	}
}

func short(data []byte) {
	if n := len(data); n <= chunk {
		C.told(C.int(len(data)))
	}
}

func main() {
	write(make([]byte, 10))
	short(nil)
}
