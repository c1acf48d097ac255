// Removes a token callback from a list by comparing function values.
package main

import "fmt"

type callbacks struct {
	entries []any
}

type subscription struct{ fn func(string) }

func (c *callbacks) subscribe(callback any) {
	c.entries = append(c.entries, callback)
}

func (c *callbacks) unsubscribe(callback any) {
	for i, entry := range c.entries {
		if entry == callback {
			c.entries = append(c.entries[:i], c.entries[i+1:]...)
			return
		}
	}
}

func main() {
	c := &callbacks{}
	var s any = func(token string) { fmt.Println("token", token) }
	c.subscribe(s)
	c.unsubscribe(s)
	fmt.Println("callbacks:", len(c.entries))
}
