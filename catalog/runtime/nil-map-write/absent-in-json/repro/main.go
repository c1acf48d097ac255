// Serves a generate endpoint that adds defaults to options which the client may leave out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type generateRequest struct {
	Model   string         `json:"model"`
	Prompt  string         `json:"prompt"`
	Options map[string]any `json:"options"`
}

type runner struct{ defaultCtx int }

func (r *runner) withDefaults(req *generateRequest) {
	if _, ok := req.Options["num_ctx"]; !ok {
		req.Options["num_ctx"] = r.defaultCtx
	}
}

func (r *runner) handle(body string) error {
	var req generateRequest
	if err := json.NewDecoder(strings.NewReader(body)).Decode(&req); err != nil {
		return err
	}
	r.withDefaults(&req)
	fmt.Println(req.Model, "num_ctx", req.Options["num_ctx"])
	return nil
}

func main() {
	r := &runner{defaultCtx: 4096}
	bodies := []string{
		`{"model":"llama3:8b","prompt":"hi","options":{"num_ctx":8192}}`,
		`{"model":"llama3:8b","prompt":"hi","options":null}`,
	}
	for _, body := range bodies {
		if err := r.handle(body); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
		}
	}
}
