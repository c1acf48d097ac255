// Joins an inference engine and a gateway in one binary; each brings its own copy of inference.proto.
package main

import (
	"fmt"

	"golm.example/catalog/runtime/grpc/namespace-conflict/repro/enginepb"
	"golm.example/catalog/runtime/grpc/namespace-conflict/repro/gatewaypb"
)

func main() {
	fmt.Println("engine stopped for", enginepb.FinishReason_LENGTH)
	fmt.Println("gateway reports", gatewaypb.FinishReason_LENGTH)
}
