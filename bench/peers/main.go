// Command peers parses one file again and again with another parser of Go traces, in this process, and prints the
// median as JSON. With -once it parses a single time and prints the wall time from its own start.
//
// panicparse runs without its search for source files (GuessPaths and AnalyzeSources off): we compare parsers,
// not disks.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/DataDog/gostackparse"
	"github.com/maruel/panicparse/v2/stack"
)

type result struct {
	Parser     string    `json:"parser"`
	Bytes      int       `json:"bytes"`
	Goroutines int       `json:"goroutines"`
	Seconds    []float64 `json:"seconds"`
	// Processor time of one round, all threads, after the first fifth of the rounds.
	CPU float64 `json:"cpu"`
}

// parse returns how many goroutines the parser found.
func parse(parser string, data []byte) (int, error) {
	switch parser {
	case "gostackparse":
		goroutines, _ := gostackparse.Parse(bytes.NewReader(data))
		return len(goroutines), nil
	case "panicparse":
		snapshot, _, err := stack.ScanSnapshot(bytes.NewReader(data), io.Discard, &stack.Opts{})
		if err != nil && err != io.EOF {
			return 0, err
		}
		if snapshot == nil {
			return 0, nil
		}
		return len(snapshot.Goroutines), nil
	}
	return 0, fmt.Errorf("no parser %q", parser)
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func run(parser, file string, rounds int) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	r := result{Parser: parser, Bytes: len(data)}
	warm := rounds / 5
	from := processorTime()
	for i := range rounds {
		if i == warm {
			from = processorTime()
		}
		start := time.Now()
		if r.Goroutines, err = parse(parser, data); err != nil {
			return err
		}
		r.Seconds = append(r.Seconds, time.Since(start).Seconds())
	}
	r.CPU = (processorTime() - from).Seconds() / float64(rounds-warm)
	return json.NewEncoder(os.Stdout).Encode(r)
}

func main() {
	parser := flag.String("parser", "gostackparse", "gostackparse or panicparse")
	rounds := flag.Int("rounds", 5, "how often to parse")
	flag.Parse()
	if err := run(*parser, flag.Arg(0), *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}
