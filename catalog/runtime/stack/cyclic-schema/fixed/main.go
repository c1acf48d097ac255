// Turns the JSON schema of a request into a grammar for constrained decoding.
package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"
)

type schema struct {
	Type  string             `json:"type"`
	Ref   string             `json:"$ref"`
	Props map[string]*schema `json:"properties"`
	Defs  map[string]*schema `json:"$defs"`
}

type converter struct {
	defs map[string]*schema
	done map[string]bool
}

// rule is the grammar of a schema.
func (c *converter) rule(s *schema) string {
	if s.Ref != "" {
		return c.resolve(strings.TrimPrefix(s.Ref, "#/$defs/"))
	}
	if s.Type != "object" {
		return s.Type
	}
	rules := []string{}
	for name, prop := range s.Props {
		rules = append(rules, fmt.Sprintf("%q: %s", name, c.rule(prop)))
	}
	return "{" + strings.Join(rules, ", ") + "}"
}

func (c *converter) resolve(name string) string {
	if c.done[name] {
		return "<" + name + ">"
	}
	c.done[name] = true
	return c.rule(c.defs[name])
}

func main() {
	// A small limit keeps the crash cheap; the default is 1 GB.
	debug.SetMaxStack(32 << 20)
	request := `{"$ref": "#/$defs/node", "$defs": {"node": {"type": "object",
		"properties": {"child": {"$ref": "#/$defs/node"}}}}}`
	s := &schema{}
	if err := json.Unmarshal([]byte(request), s); err != nil {
		panic(err)
	}
	c := &converter{defs: s.Defs, done: map[string]bool{}}
	fmt.Println("grammar", c.rule(s))
}
