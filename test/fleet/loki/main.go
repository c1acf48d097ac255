// Puts rules to log records with Loki's own query engine: {"records":[TEXT],"rules":[EXPR]} on standard input, for each
// rule the indexes of the records its alert keeps on standard output. The records are streams of one entry, labelled
// record="INDEX"; the expressions are to keep that label.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"sort"
	"strconv"
	"time"

	"github.com/grafana/loki/pkg/logproto"
	"github.com/grafana/loki/pkg/logql"
	"github.com/prometheus/prometheus/promql"
)

type input struct {
	Records []string `json:"records"`
	Rules   []string `json:"rules"`
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		log.Fatal(err)
	}
	now := time.Unix(1_700_000_000, 0)
	streams := make([]logproto.Stream, len(in.Records))
	for i, text := range in.Records {
		streams[i] = logproto.Stream{
			Labels:  fmt.Sprintf(`{job="golm",record="%d"}`, i),
			Entries: []logproto.Entry{{Timestamp: now.Add(-time.Minute), Line: text}},
		}
	}
	engine := logql.NewEngine(logql.EngineOpts{Timeout: 5 * time.Minute}, logql.NewMockQuerier(0, streams))
	kept := make([][]int, len(in.Rules))
	for i, rule := range in.Rules {
		found, err := run(engine, rule, now)
		if err != nil {
			log.Fatalf("rule %d: %v", i, err)
		}
		kept[i] = found
	}
	if err := json.NewEncoder(os.Stdout).Encode(kept); err != nil {
		log.Fatal(err)
	}
}

func run(engine *logql.Engine, rule string, now time.Time) ([]int, error) {
	params := logql.NewLiteralParams(rule, now, now, 0, 0, logproto.FORWARD, 0, nil)
	result, err := engine.Query(params).Exec(context.Background())
	if err != nil {
		return nil, err
	}
	vector, ok := result.Data.(promql.Vector)
	if !ok {
		return nil, fmt.Errorf("no vector but %T", result.Data)
	}
	found := []int{}
	for _, sample := range vector {
		index, err := strconv.Atoi(sample.Metric.Get("record"))
		if err != nil {
			return nil, err
		}
		found = append(found, index)
	}
	sort.Ints(found)
	return found, nil
}
