// Buffers an upstream completion and grows the buffer to the announced body length.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const maxBody = 8 << 20

type upstreamReply struct {
	header map[string]string
	body   io.Reader
}

func bufferBody(reply upstreamReply) (*bytes.Buffer, error) {
	length, err := strconv.Atoi(reply.header["X-Content-Length"])
	if err != nil {
		return nil, err
	}
	if length < 0 || length > maxBody {
		return nil, errors.New("body length out of range")
	}
	buf := new(bytes.Buffer)
	buf.Grow(length)
	_, err = io.Copy(buf, io.LimitReader(reply.body, int64(length)))
	return buf, err
}

func main() {
	reply := upstreamReply{
		header: map[string]string{"X-Content-Length": "9223372036854775807"},
		body:   strings.NewReader(`{"choices":[]}`),
	}
	buf, err := bufferBody(reply)
	if err != nil {
		fmt.Println("upstream:", err)
		return
	}
	fmt.Println("body:", buf)
}
