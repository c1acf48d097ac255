// Unpacks quantised weights and shifts by the bits that are left in a word.
package main

import "fmt"

const wordBits = 8

type blockReader struct {
	packed []byte
	bits   int
}

// weight reads the value that starts at bit position pos.
func (b *blockReader) weight(pos int) int {
	word, offset := int(b.packed[pos/wordBits]), pos%wordBits
	left := wordBits - offset - b.bits
	if left < 0 {
		word = word<<wordBits | int(b.packed[pos/wordBits+1])
		left += wordBits
	}
	return word >> left & (1<<b.bits - 1)
}

func (b *blockReader) unpack() []int {
	var weights []int
	for pos := 0; pos+b.bits <= len(b.packed)*wordBits; pos += b.bits {
		weights = append(weights, b.weight(pos))
	}
	return weights
}

func main() {
	q4 := &blockReader{packed: []byte{0x1b, 0x6c}, bits: 4}
	fmt.Println("q4:", q4.unpack())
	q3 := &blockReader{packed: []byte{0x1b, 0x6c}, bits: 3}
	fmt.Println("q3:", q3.unpack())
}
