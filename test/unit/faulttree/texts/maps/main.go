// Two goroutines write one map.
package main

var cache = map[int]int{}

func fill(from int) {
	for i := from; ; i++ {
		cache[i%8] = i
	}
}

func main() {
	go fill(1)
	fill(2)
}
