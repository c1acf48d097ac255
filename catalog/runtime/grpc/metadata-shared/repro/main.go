// Calls a model server for two tenants at once; both calls put their token into one metadata map.
package main

import (
	"context"
	"fmt"
	"net"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"
)

// modelServer says which token came with which tenant's question.
type modelServer struct {
	grpc_health_v1.UnimplementedHealthServer
	mu   sync.Mutex
	seen map[string]string
}

func (s *modelServer) Check(ctx context.Context, req *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	md, _ := metadata.FromIncomingContext(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[req.Service] = md.Get("authorization")[0]
	return &grpc_health_v1.HealthCheckResponse{}, nil
}

// upstream holds what every call to the model server sends.
type upstream struct {
	client   grpc_health_v1.HealthClient
	defaults metadata.MD
}

func (u *upstream) tenantContext(ctx context.Context, tenant string) context.Context {
	md := u.defaults
	md.Set("authorization", "token of "+tenant)
	return metadata.NewOutgoingContext(ctx, md)
}

func main() {
	listener := bufconn.Listen(1 << 16)
	server := grpc.NewServer()
	model := &modelServer{seen: map[string]string{}}
	grpc_health_v1.RegisterHealthServer(server, model)
	go server.Serve(listener)
	defer server.Stop()
	conn, err := grpc.NewClient("passthrough:model", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return listener.Dial() }))
	if err != nil {
		panic(err)
	}
	defer conn.Close()

	u := &upstream{client: grpc_health_v1.NewHealthClient(conn), defaults: metadata.Pairs("x-client", "gateway")}
	acme := u.tenantContext(context.Background(), "acme")
	globex := u.tenantContext(context.Background(), "globex")
	u.client.Check(acme, &grpc_health_v1.HealthCheckRequest{Service: "acme"})
	u.client.Check(globex, &grpc_health_v1.HealthCheckRequest{Service: "globex"})
	fmt.Printf("acme was served with the %s\n", model.seen["acme"])
}
