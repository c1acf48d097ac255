// Puts a gRPC server's options together from two packages, each with an interceptor of its own.
package main

import (
	"context"
	"fmt"

	"google.golang.org/grpc"
)

func logCalls(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	fmt.Println("call", info.FullMethod)
	return next(ctx, req)
}

func limitTokens(ctx context.Context, req any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	return next(ctx, req)
}

// observability is what every server of the company starts with.
func observability() []grpc.ServerOption {
	return []grpc.ServerOption{grpc.ChainUnaryInterceptor(logCalls)}
}

func newInferenceServer() *grpc.Server {
	options := append(observability(), grpc.ChainUnaryInterceptor(limitTokens))
	return grpc.NewServer(options...)
}

func main() {
	server := newInferenceServer()
	defer server.Stop()
	fmt.Println("services:", len(server.GetServiceInfo()))
}
