// Renews an upstream token before it expires; the margin is longer than the token lives.
package main

import (
	"fmt"
	"time"
)

const renewMargin = 30 * time.Second

type credentials struct {
	provider string
	lifetime time.Duration
}

func (c credentials) renewals() *time.Ticker {
	return time.NewTicker(c.lifetime - renewMargin)
}

func main() {
	for _, c := range []credentials{{"openai", time.Hour}, {"gateway", 20 * time.Second}} {
		ticker := c.renewals()
		fmt.Println("renewing", c.provider)
		ticker.Stop()
	}
}
