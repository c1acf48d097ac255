// Command router sends a request to the replica that the request itself names by number.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Prompt  string `json:"prompt"`
	Replica int    `json:"replica"`
}

type router struct {
	replicas []string
}

func (r *router) route(body []byte) (string, error) {
	var req request
	if err := json.Unmarshal(body, &req); err != nil {
		return "", err
	}
	if req.Replica < 0 || req.Replica >= len(r.replicas) {
		return "", fmt.Errorf("replica %d is not one of %d", req.Replica, len(r.replicas))
	}
	return r.replicas[req.Replica], nil
}

func main() {
	r := &router{replicas: []string{"10.0.0.1:8000", "10.0.0.2:8000"}}
	for _, body := range []string{
		`{"prompt":"hello","replica":1}`,
		`{"prompt":"hello","replica":5}`,
	} {
		address, err := r.route([]byte(body))
		if err != nil {
			fmt.Fprintln(os.Stderr, "router:", err)
			continue
		}
		fmt.Println("routed to", address)
	}
}
