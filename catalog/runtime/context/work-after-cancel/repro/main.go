// Appends generated tokens to a transcript that is closed when the client cancels.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

func record(ctx context.Context, transcript *os.File, tokens int) (lost int) {
	for i := range tokens {
		time.Sleep(time.Millisecond)
		if _, err := fmt.Fprintln(transcript, "token", i); errors.Is(err, os.ErrClosed) {
			lost++
		}
	}
	return lost
}

func serve(ctx context.Context, tokens int) (lost int, err error) {
	transcript, err := os.CreateTemp("", "transcript-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(transcript.Name())
	stop := context.AfterFunc(ctx, func() { transcript.Close() })
	defer stop()
	return record(ctx, transcript, tokens), nil
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	lost, err := serve(ctx, 300)
	fmt.Println("worked on after the cancel:", lost > 10, err)
}
