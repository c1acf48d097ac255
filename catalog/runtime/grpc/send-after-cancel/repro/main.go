// Streams tokens over gRPC; the server goes on generating after the client has cancelled.
package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const maxTokens = 200

type inference struct{ generated chan int }

func (s *inference) generate(stream grpc.ServerStream) error {
	var prompt wrapperspb.StringValue
	if err := stream.RecvMsg(&prompt); err != nil {
		return err
	}
	tokens := 0
	for ; tokens < maxTokens; tokens++ {
		time.Sleep(2 * time.Millisecond)
		stream.SendMsg(wrapperspb.String(fmt.Sprintf("token-%d", tokens)))
	}
	s.generated <- tokens
	return nil
}

var service = grpc.ServiceDesc{
	ServiceName: "inference.v1.Inference",
	HandlerType: (*any)(nil),
	Streams: []grpc.StreamDesc{{
		StreamName:    "Generate",
		ServerStreams: true,
		Handler:       func(srv any, stream grpc.ServerStream) error { return srv.(*inference).generate(stream) },
	}},
}

func main() {
	listener := bufconn.Listen(1 << 16)
	server := grpc.NewServer()
	model := &inference{generated: make(chan int, 1)}
	server.RegisterService(&service, model)
	go server.Serve(listener)
	defer server.Stop()
	conn, err := grpc.NewClient("passthrough:model", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return listener.Dial() }))
	if err != nil {
		panic(err)
	}
	defer conn.Close()

	ctx, cancel := context.WithCancel(context.Background())
	stream, err := conn.NewStream(ctx, &service.Streams[0], "/inference.v1.Inference/Generate")
	if err != nil {
		panic(err)
	}
	stream.SendMsg(wrapperspb.String("hi"))
	stream.CloseSend()
	var token wrapperspb.StringValue
	fmt.Println("client got a token:", stream.RecvMsg(&token) == nil)
	cancel()
	fmt.Println("generated to the end:", <-model.generated == maxTokens)
}
