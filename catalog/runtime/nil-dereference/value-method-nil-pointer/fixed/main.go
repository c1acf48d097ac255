// Price list: prints every quote that can label itself.
package main

import "fmt"

type Price struct {
	Cents    int64
	Currency string
}

// Label has a value receiver; the compiler makes a wrapper for *Price that copies the value out first.
func (p Price) Label() string {
	return fmt.Sprintf("%d.%02d %s", p.Cents/100, p.Cents%100, p.Currency)
}

type labeler interface{ Label() string }

type priceTable map[string]*Price

func (t priceTable) quotes(models ...string) []labeler {
	var quotes []labeler
	for _, model := range models {
		if price, ok := t[model]; ok {
			quotes = append(quotes, price)
		}
	}
	return quotes
}

func printQuotes(quotes []labeler) {
	for _, q := range quotes {
		fmt.Println(q.Label())
	}
}

func main() {
	table := priceTable{
		"small": {Cents: 15, Currency: "USD"},
		"large": {Cents: 240, Currency: "USD"},
	}
	printQuotes(table.quotes("small", "medium", "large"))
}
