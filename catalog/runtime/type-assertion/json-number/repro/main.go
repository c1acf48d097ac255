// Runs a tool call whose JSON arguments hold a number.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type toolCall struct {
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
}

type document struct{ title string }

func searchDocuments(corpus []document, args map[string]any) ([]document, error) {
	query, ok := args["query"].(string)
	if !ok {
		return nil, fmt.Errorf("search: query is missing")
	}
	limit := args["limit"].(int)
	var hits []document
	for _, d := range corpus {
		if strings.Contains(d.title, query) && len(hits) < limit {
			hits = append(hits, d)
		}
	}
	return hits, nil
}

func runTool(corpus []document, reply string) error {
	var call toolCall
	if err := json.Unmarshal([]byte(reply), &call); err != nil {
		return err
	}
	hits, err := searchDocuments(corpus, call.Arguments)
	fmt.Println(call.Name, len(hits), "hits")
	return err
}

func main() {
	corpus := []document{{"go maps"}, {"go channels"}, {"rust traits"}}
	reply := `{"name":"search_documents","arguments":{"query":"go","limit":2}}`
	if err := runTool(corpus, reply); err != nil {
		fmt.Println("tool:", err)
	}
}
