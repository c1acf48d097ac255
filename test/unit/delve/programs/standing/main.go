// Command standing waits with as many goroutines as it is told.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

func wait(tokens chan int) {
	<-tokens
}

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	tokens := make(chan int)
	for range count {
		go wait(tokens)
	}
	fmt.Println("ready")
	if len(os.Args) > 2 {
		panic(os.Args[2])
	}
	time.Sleep(time.Hour)
}
