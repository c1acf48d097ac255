// Computes tokens per second after a generation that took less than a second.
package main

import (
	"fmt"
	"time"
)

type timings struct {
	evalCount    int64
	evalDuration time.Duration
}

func tokensPerSecond(t timings) int64 {
	return t.evalCount * int64(time.Second) / max(1, int64(t.evalDuration))
}

func summarize(model string, t timings) {
	fmt.Println(model, tokensPerSecond(t), "tokens/s")
}

func main() {
	summarize("qwen3:32b", timings{evalCount: 128, evalDuration: 4 * time.Second})
	summarize("qwen3:0.6b", timings{evalCount: 96, evalDuration: 750 * time.Millisecond})
}
