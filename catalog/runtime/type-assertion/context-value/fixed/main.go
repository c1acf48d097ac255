// Takes the tenant of a request from its context; a background job has none.
package main

import (
	"context"
	"fmt"
)

type tenantKey struct{}

func withTenant(ctx context.Context, tenant string) context.Context {
	return context.WithValue(ctx, tenantKey{}, tenant)
}

func tenantOf(ctx context.Context) string {
	tenant, ok := ctx.Value(tenantKey{}).(string)
	if !ok {
		return "unknown"
	}
	return tenant
}

func bookTokens(ctx context.Context, ledger map[string]int, tokens int) {
	ledger[tenantOf(ctx)] += tokens
}

func main() {
	ledger := make(map[string]int)
	bookTokens(withTenant(context.Background(), "acme"), ledger, 512)
	fmt.Println("acme:", ledger["acme"])
	// The warm-up job embeds a prompt outside of any request.
	bookTokens(context.Background(), ledger, 8)
	fmt.Println("without tenant:", ledger["unknown"])
}
