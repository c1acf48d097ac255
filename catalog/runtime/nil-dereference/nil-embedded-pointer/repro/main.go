// Model scheduler: a runner embeds its load options and logs itself in every line.
package main

import (
	"log/slog"
	"os"
)

type loadOptions struct {
	modelPath string
	numCtx    int
	numBatch  int
}

type runner struct {
	name string
	*loadOptions
}

// LogValue is called by slog for every record that names the runner.
func (r *runner) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("name", r.name)}
	attrs = append(attrs, slog.Int("num_ctx", r.numCtx))
	return slog.GroupValue(attrs...)
}

func main() {
	plain := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}}
	log := slog.New(slog.NewTextHandler(os.Stdout, plain))
	pending := &runner{name: "llama3"} // the options arrive with the load request
	log.Info("scheduled", "runner", pending.LogValue())
	pending.loadOptions = &loadOptions{modelPath: "llama3.gguf", numCtx: 4096, numBatch: 512}
	log.Info("loaded", "runner", pending.LogValue())
}
