// Works out how many bytes of text a list of token ids from a client stands for.
package main

// #include "tokenizer.h"
import "C"

import "fmt"

// textSize adds up the length of all tokens.
func textSize(tokens []uint32) (int, error) {
	bytes := 0
	for _, t := range tokens {
		bytes += int(C.tokenizer_len(C.uint(t)))
	}
	return bytes, nil
}

func main() {
	for _, tokens := range [][]uint32{{0, 1, 2, 3}, {0, 9}} {
		n, err := textSize(tokens)
		if err != nil {
			fmt.Println("400:", err)
			continue
		}
		fmt.Println("200:", n, "bytes")
	}
}
