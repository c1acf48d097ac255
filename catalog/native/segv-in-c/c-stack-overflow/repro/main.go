// Checks a client's output grammar with a recursive C parser before it starts to generate.
package main

// #include <stdlib.h>
// #include "grammar.h"
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

const maxDepth = 0

// acceptGrammar reports how deep the grammar nests.
func acceptGrammar(rule string) (int, error) {
	text := C.CString(rule)
	defer C.free(unsafe.Pointer(text))
	depth := int(C.grammar_depth(text, maxDepth))
	if depth < 0 {
		return 0, fmt.Errorf("grammar nests deeper than %d", maxDepth)
	}
	return depth, nil
}

func main() {
	for _, levels := range []int{3, 1 << 20} {
		rule := strings.Repeat("item[", levels) + strings.Repeat("]", levels)
		depth, err := acceptGrammar(rule)
		if err != nil {
			fmt.Println("rejected:", err)
			continue
		}
		fmt.Println("depth", depth)
	}
}
