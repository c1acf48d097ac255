package main

// static void set(int option) { (void)option; }
import "C"

// A few known ones.
func main() {
	for _, option := range []int{1, 2, 3} {
		C.set(C.int(option))
	}
	for option := range 3 {
		C.set(C.int(option))
	}
}
