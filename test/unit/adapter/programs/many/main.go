// Dies while more goroutines wait than Delve gives an editor.
package main

import "time"

func wait(done chan int) {
	<-done
}

func sleep() {
	time.Sleep(time.Hour)
}

func main() {
	done := make(chan int)
	for range 1500 {
		go wait(done)
	}
	for range 40 {
		go sleep()
	}
	time.Sleep(200 * time.Millisecond)
	var model *struct{ layers int }
	println(model.layers)
}
