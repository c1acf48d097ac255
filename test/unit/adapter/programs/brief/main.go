// Has a counter on the stack, which ends with its function.
package main

type counter struct{ slots [4]int }

func (c *counter) put(slot, value int) {
	c.slots[slot] = value
}

func main() {
	c := &counter{}
	c.put(0, 7)
	c.put(1, 8)
	println(c.slots[1])
}
