// Renders a chat prompt in a gRPC handler; one request with an unknown role ends the whole server.
package main

import (
	"context"
	"fmt"
	"net"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

var roleMarks = map[string]string{"system": "<|sys|>", "user": "<|user|>", "assistant": "<|bot|>"}

// mustRender puts the role's mark before the text, as the model was trained.
func mustRender(role, text string) string {
	mark, known := roleMarks[role]
	if !known {
		panic(fmt.Sprintf("chat template: no mark for role %q", role))
	}
	return mark + text
}

type chat struct{}

func (chat) complete(_ context.Context, message *wrapperspb.StringValue) (any, error) {
	role, text, _ := strings.Cut(message.Value, ":")
	return wrapperspb.String(mustRender(role, text)), nil
}

func completeHandler(srv any, ctx context.Context, decode func(any) error, intercept grpc.UnaryServerInterceptor) (any, error) {
	var message wrapperspb.StringValue
	if err := decode(&message); err != nil {
		return nil, err
	}
	handler := func(ctx context.Context, req any) (any, error) {
		return srv.(chat).complete(ctx, req.(*wrapperspb.StringValue))
	}
	if intercept == nil {
		return handler(ctx, &message)
	}
	return intercept(ctx, &message, &grpc.UnaryServerInfo{Server: srv, FullMethod: "/chat.v1.Chat/Complete"}, handler)
}

var service = grpc.ServiceDesc{
	ServiceName: "chat.v1.Chat",
	HandlerType: (*any)(nil),
	Methods:     []grpc.MethodDesc{{MethodName: "Complete", Handler: completeHandler}},
}

func newServer() *grpc.Server {
	return grpc.NewServer()
}

func main() {
	listener := bufconn.Listen(1 << 16)
	server := newServer()
	server.RegisterService(&service, chat{})
	go server.Serve(listener)
	defer server.Stop()
	conn, err := grpc.NewClient("passthrough:chat", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) { return listener.Dial() }))
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	for _, message := range []string{"user:hi", "developer:be brief", "user:still there?"} {
		var reply wrapperspb.StringValue
		err := conn.Invoke(context.Background(), "/chat.v1.Chat/Complete", wrapperspb.String(message), &reply)
		if code := status.Code(err); code != codes.OK {
			fmt.Println("client:", code)
			continue
		}
		fmt.Println("client:", reply.Value)
	}
}
