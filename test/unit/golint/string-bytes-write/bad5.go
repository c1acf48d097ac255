// Fails: run: unexpected fault address
package main

import "unsafe"

func wipe(secret string) {
	for i := range len(secret) {
		*(*byte)(unsafe.Add(unsafe.Pointer(unsafe.StringData(secret)), i)) = 0 // want string-bytes-write
	}
}

func main() { wipe("token") }
