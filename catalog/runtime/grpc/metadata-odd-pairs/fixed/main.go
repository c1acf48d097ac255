// Turns the headers of a gateway's configuration into gRPC metadata; one header has no value.
package main

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/grpc/metadata"
)

// extraHeaders is what an operator sets, such as `x-tenant=acme,x-priority=high`.
type gateway struct{ extraHeaders string }

func (g *gateway) outgoing(ctx context.Context) context.Context {
	var pairs []string
	for _, header := range strings.Split(g.extraHeaders, ",") {
		key, value, _ := strings.Cut(header, "=")
		pairs = append(pairs, key, value)
	}
	return metadata.NewOutgoingContext(ctx, metadata.Pairs(pairs...))
}

func main() {
	g := &gateway{extraHeaders: "x-tenant=acme,x-trace"}
	md, _ := metadata.FromOutgoingContext(g.outgoing(context.Background()))
	fmt.Printf("sent tenant %q, trace %q\n", md.Get("x-tenant"), md.Get("x-trace"))
}
