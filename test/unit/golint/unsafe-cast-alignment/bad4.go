// Fails: run: read 7 bytes that are not the record's
package main

import (
	"fmt"
	"os"
	"unsafe"
)

var memory = []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

func checksum(record []byte, off int) uint64 {
	return *(*uint64)(unsafe.Pointer(&record[off])) // want unsafe-cast-alignment
}

func main() {
	defer func() {
		if recover() != nil {
			fmt.Println("the record is too short")
		}
	}()
	record := memory[:4:4]
	if checksum(record, 3)>>8 != 0 {
		fmt.Println("read 7 bytes that are not the record's")
		os.Exit(1)
	}
}
