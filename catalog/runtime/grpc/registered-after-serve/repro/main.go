// Serves gRPC first and registers the embedding service when its model has been loaded.
package main

import (
	"fmt"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/test/bufconn"
)

type embeddings struct{ dimensions int }

var embeddingService = grpc.ServiceDesc{ServiceName: "embedding.v1.Embedding", HandlerType: (*any)(nil)}

// load takes a while; the health service has to answer meanwhile.
func (e *embeddings) load() {
	time.Sleep(20 * time.Millisecond)
	e.dimensions = 768
}

func serve(listener net.Listener) *grpc.Server {
	server := grpc.NewServer()
	ready := health.NewServer()
	ready.SetServingStatus("", grpc_health_v1.HealthCheckResponse_NOT_SERVING)
	grpc_health_v1.RegisterHealthServer(server, ready)
	go server.Serve(listener)

	model := &embeddings{}
	model.load()
	server.RegisterService(&embeddingService, model)
	ready.SetServingStatus("", grpc_health_v1.HealthCheckResponse_SERVING)
	return server
}

func main() {
	server := serve(bufconn.Listen(1 << 16))
	defer server.Stop()
	fmt.Println("services:", len(server.GetServiceInfo()))
}
