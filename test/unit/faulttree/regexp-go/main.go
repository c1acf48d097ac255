// Reads a JSON list of {"re", "text"} and answers, in order, how Go's regexp sees each: the error of the
// expression, or whether it matches the text and what it captures.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
)

type question struct {
	Re   string `json:"re"`
	Text string `json:"text"`
}

type answer struct {
	Error   string    `json:"error,omitempty"`
	Matches bool      `json:"matches"`
	Groups  []*string `json:"groups,omitempty"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := make([]answer, len(questions))
	for i, q := range questions {
		answers[i] = ask(q)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ask(q question) answer {
	re, err := regexp.Compile(q.Re)
	if err != nil {
		return answer{Error: err.Error()}
	}
	at := re.FindStringSubmatchIndex(q.Text)
	if at == nil {
		return answer{}
	}
	groups := make([]*string, len(at)/2)
	for i := range groups {
		if at[2*i] >= 0 {
			s := q.Text[at[2*i]:at[2*i+1]]
			groups[i] = &s
		}
	}
	return answer{Matches: true, Groups: groups}
}
