// A gRPC server streams tokens; a second goroutine sends the usage figures when the engine has finished.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const usage = "[usage: 8 tokens]"

// generate fills the channel as the engine does: faster than a client reads.
func generate() (tokens chan string, finished chan struct{}) {
	tokens, finished = make(chan string, 8), make(chan struct{})
	for range cap(tokens) {
		tokens <- "token"
	}
	close(tokens)
	close(finished)
	return tokens, finished
}

func stream(stream grpc.ServerStream) error {
	if err := stream.RecvMsg(&wrapperspb.StringValue{}); err != nil {
		return err
	}
	tokens, finished := generate()
	var senders sync.WaitGroup
	senders.Add(2)
	go func() {
		defer senders.Done()
		for token := range tokens {
			stream.SendMsg(wrapperspb.String(token))
			time.Sleep(time.Millisecond) // detokenising
		}
	}()
	go func() {
		defer senders.Done()
		<-finished
		stream.SendMsg(wrapperspb.String(usage))
	}()
	senders.Wait()
	return nil
}

var service = grpc.ServiceDesc{
	ServiceName: "llm.Inference",
	HandlerType: (*any)(nil),
	Streams: []grpc.StreamDesc{{StreamName: "Generate", ServerStreams: true,
		Handler: func(_ any, s grpc.ServerStream) error { return stream(s) }}},
}

// read is the client: the usage figures are the last message of an answer.
func read(conn *grpc.ClientConn) (tokens int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	stream, err := conn.NewStream(ctx, &service.Streams[0], "/llm.Inference/Generate")
	if err != nil {
		return 0, err
	}
	if err := stream.SendMsg(wrapperspb.String("why is the sky blue")); err != nil {
		return 0, err
	}
	for {
		var piece wrapperspb.StringValue
		if err := stream.RecvMsg(&piece); err != nil || piece.Value == usage {
			return tokens, err
		}
		tokens++
	}
}

func main() {
	listener := bufconn.Listen(1 << 16)
	server := grpc.NewServer()
	server.RegisterService(&service, nil)
	go server.Serve(listener)
	defer server.Stop()
	conn, err := grpc.NewClient("passthrough:runner", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		log.Fatal(err)
	}
	tokens, err := read(conn)
	fmt.Printf("client read %d of 8 tokens, error: %v\n", tokens, err)
}
