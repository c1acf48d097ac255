// Pads a batch of prompts with a filler text as often as a request asks.
package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

const maxPad = 4096

var errPad = errors.New("padding is too long")

type batch struct{ padTo int }

func (b batch) pad(prompt, filler string) (string, error) {
	missing := b.padTo - len(prompt)
	if missing < 0 {
		return prompt, nil
	}
	if missing > maxPad {
		return "", errPad
	}
	return prompt + strings.Repeat(filler, missing), nil
}

func main() {
	for _, padTo := range []int{24, math.MaxInt} {
		text, err := batch{padTo}.pad("why is the sky blue", "<pad>")
		fmt.Println("bytes:", len(text), err)
	}
}
