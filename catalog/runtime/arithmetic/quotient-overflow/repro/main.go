// Scales token usage to a monthly quota with 128-bit arithmetic whose quotient does not fit.
package main

import (
	"errors"
	"fmt"
	"math/bits"
)

var errRange = errors.New("usage is out of range")

type usage struct {
	tokens, seconds uint64
}

// perMonth extrapolates the tokens used in some seconds to thirty days.
func perMonth(u usage) (uint64, error) {
	const month = 30 * 24 * 3600
	high, low := bits.Mul64(u.tokens, month)
	if u.seconds == 0 {
		return 0, errRange
	}
	quotient, _ := bits.Div64(high, low, u.seconds)
	return quotient, nil
}

func main() {
	for _, u := range []usage{{tokens: 1_200_000, seconds: 3600}, {tokens: 1 << 63, seconds: 1}} {
		tokens, err := perMonth(u)
		fmt.Println("per month:", tokens, err)
	}
}
