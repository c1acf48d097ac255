package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"
)

// random is xorshift64*: the same log for the same size on every machine.
type random uint64

func (r *random) next() uint64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = random(x)
	return x * 2685821657736338717
}

func (r *random) below(n int) int { return int(r.next()>>11) % n }

func (r *random) pick(from []string) string { return from[r.below(len(from))] }

var (
	paths    = []string{"/v1/chat/completions", "/v1/embeddings", "/v1/models", "/healthz", "/metrics", "/v1/completions"}
	models   = []string{"llama-3-8b", "qwen2.5-14b", "mistral-7b-instruct", "bge-m3", "deepseek-r1-distill"}
	codes    = []int{200, 200, 200, 200, 200, 204, 400, 404, 429, 499, 502, 503}
	agents   = []string{"python-requests/2.32.3", "OpenAI/Python 1.51.0", "Go-http-client/2.0", "kube-probe/1.31", "curl/8.9.1"}
	messages = []string{
		"request finished", "batch scheduled", "kv cache evicted", "prompt truncated to context length",
		"token budget exceeded, retrying with smaller batch", "model loaded", "upstream timed out, will retry",
		"slow decode step", "client went away", "error rate back to normal", "lora adapter attached",
	}
	files = []string{"scheduler.go:214", "reflector.go:561", "controller.go:98", "leaderelection.go:271", "cache.go:1043"}
	klog  = []string{
		"Starting event processor for pod llm-%d", "Observed node pressure %d, backing off", "Sync %d failed, requeueing",
		"Successfully bound pod llm-%d to node", "Cache warmed in %dms", "Watch closed after %d events, will reconnect",
	}
)

func writeLog(out *bufio.Writer, size int) {
	r := random(88172645463325252)
	at := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	var line strings.Builder
	for written := 0; written < size; {
		at = at.Add(time.Duration(r.below(4_000_000)))
		line.Reset()
		writeLogLine(&line, &r, at)
		text := line.String()
		if rest := size - written; len(text) > rest {
			text = text[:rest-1] + "\n"
		}
		n, _ := out.WriteString(text)
		written += n
	}
}

// writeLogLine writes one line of one of the kinds a service's collected log is made of.
func writeLogLine(w *strings.Builder, r *random, at time.Time) {
	switch k := r.below(1000); {
	case k < 420:
		fmt.Fprintf(w, "10.%d.%d.%d - - [%s] \"POST %s HTTP/1.1\" %d %d \"-\" \"%s\" %.3f\n", r.below(256), r.below(256),
			r.below(256), at.Format("02/Jan/2006:15:04:05 +0000"), r.pick(paths), codes[r.below(len(codes))], r.below(90000),
			r.pick(agents), float64(r.below(900000))/1000)
	case k < 780:
		fmt.Fprintf(w, `{"level":"%s","ts":%d.%06d,"caller":"server/%s","msg":"%s","request_id":"%016x","model":"%s","prompt_tokens":%d,"goroutines":%d,"elapsed":"%dms"}`+"\n",
			r.pick([]string{"info", "info", "info", "warn", "error", "debug"}), at.Unix(), at.Nanosecond()/1000, r.pick(files),
			r.pick(messages), r.next(), r.pick(models), r.below(8192), r.below(400), r.below(5000))
	case k < 960:
		fmt.Fprintf(w, "%s%s %7d %s] ", r.pick([]string{"I", "I", "I", "W", "E"}), at.Format("0102 15:04:05.000000"),
			1+r.below(30), r.pick(files))
		fmt.Fprintf(w, r.pick(klog)+"\n", r.below(10000))
	case k < 990:
		fmt.Fprintf(w, "%s llm-gateway[%d]: level=info msg=%q model=%s queue=%d goroutine_count=%d panics_total=0\n",
			at.Format("Jan _2 15:04:05"), 800+r.below(9), r.pick(messages), r.pick(models), r.below(64), r.below(400))
	case k < 999:
		fmt.Fprintf(w, "%s [GIN] %3d | %12v | 10.0.%d.%d | GET      %q\n", at.Format("2006/01/02 - 15:04:05"), 200, time.Duration(r.below(9e8)),
			r.below(256), r.below(256), r.pick(paths))
	default:
		fmt.Fprintf(w, "%s time=%s level=INFO msg=\"worker recovered from an error, no panic\" worker=%d\n",
			at.Format(time.RFC3339), at.Format(time.RFC3339Nano), r.below(64))
	}
}

// writeLine writes a line of numbers, as a dumped tensor or a minified file is one.
func writeLine(out *bufio.Writer, size int) {
	r := random(88172645463325252)
	for written := 0; written < size; {
		n, _ := fmt.Fprintf(out, "%.6f,", float64(r.below(2_000_000)-1_000_000)/1e6)
		written += n
	}
}
