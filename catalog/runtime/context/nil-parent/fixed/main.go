// Tracks an inference request whose context is missing because it was cancelled early.
package main

import (
	"context"
	"fmt"
	"time"
)

type inferenceRequest struct {
	id  string
	ctx context.Context
}

type tracker struct{ timeout time.Duration }

func (t *tracker) track(req *inferenceRequest) context.CancelFunc {
	ctx, cancel := context.WithTimeout(req.ctx, t.timeout)
	req.ctx = ctx
	return cancel
}

// newRequest is also used for requests that are cancelled before they are routed.
func newRequest(id string, routed context.Context) *inferenceRequest {
	req := &inferenceRequest{id: id, ctx: context.Background()}
	if routed != nil {
		req.ctx = routed
	}
	return req
}

func main() {
	t := &tracker{timeout: time.Minute}
	for _, req := range []*inferenceRequest{newRequest("req-1", context.Background()), newRequest("req-2", nil)} {
		cancel := t.track(req)
		fmt.Println("tracking", req.id)
		cancel()
	}
}
