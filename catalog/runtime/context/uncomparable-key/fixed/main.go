// Puts the labels of a request into its context under a key that holds a slice.
package main

import (
	"context"
	"fmt"
)

type labelKey struct {
	scope string
	tags  string
}

func withLabels(ctx context.Context, scope string, labels map[string]string) context.Context {
	return context.WithValue(ctx, labelKey{scope: scope}, labels)
}

func labelOf(ctx context.Context, key labelKey, name string) string {
	labels, _ := ctx.Value(key).(map[string]string)
	return labels[name]
}

func main() {
	ctx := withLabels(context.Background(), "request", map[string]string{"tenant": "acme"})
	fmt.Println("tenant:", labelOf(ctx, labelKey{scope: "request"}, "tenant"))
}
