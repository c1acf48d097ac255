// Books token usage per tenant and model; only the outer map exists.
package main

import "fmt"

type ledger struct {
	usage map[string]map[string]int
}

func newLedger() *ledger {
	return &ledger{usage: make(map[string]map[string]int)}
}

func (l *ledger) book(tenant, model string, tokens int) {
	if l.usage[tenant] == nil {
		l.usage[tenant] = make(map[string]int)
	}
	l.usage[tenant][model] += tokens
}

func (l *ledger) total(tenant string) int {
	sum := 0
	for _, tokens := range l.usage[tenant] {
		sum += tokens
	}
	return sum
}

func main() {
	l := newLedger()
	l.book("acme", "llama3:8b", 512)
	l.book("acme", "llama3:8b", 256)
	fmt.Println("acme:", l.total("acme"), "tokens")
}
