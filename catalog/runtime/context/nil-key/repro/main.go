// Stores the request id in a context under a key variable that was never set.
package main

import (
	"context"
	"fmt"
)

type requestIDKey struct{}

var requestID any

func withRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestID, id)
}

func main() {
	ctx := withRequestID(context.Background(), "req-1")
	fmt.Println("request", ctx.Value(requestID))
}
