// Process monitor: a probe fills a buffer of fixed size and says how many entries there are.
package main

import "fmt"

const firstTry = 8

// listProcesses fills ids and returns how many processes exist, also when they do not all fit.
func listProcesses(ids []uint32) int {
	const running = 11
	for i := range min(running, len(ids)) {
		ids[i] = uint32(1000 + i)
	}
	return running
}

func runnerPIDs() []uint32 {
	ids := make([]uint32, firstTry)
	count := listProcesses(ids)
	for count > len(ids) {
		ids = make([]uint32, count)
		count = listProcesses(ids)
	}
	return ids[:count]
}

func main() {
	fmt.Println(runnerPIDs())
}
