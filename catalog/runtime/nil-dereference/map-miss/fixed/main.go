// Agent executor: runs the tool calls that a model asks for and collects what they answer.
package main

import (
	"fmt"
	"strings"
)

type tool interface {
	Call(input string) (string, error)
	Describe() string
}

type upperTool struct{}

func (upperTool) Call(input string) (string, error) { return strings.ToUpper(input), nil }
func (upperTool) Describe() string                  { return "upper-cases a text" }

type toolCall struct {
	Name  string
	Input string
}

type executor struct {
	tools map[string]tool
}

// run answers every call; what it returns goes back to the model as observations.
func (e *executor) run(calls []toolCall) ([]string, error) {
	var observations []string
	for _, call := range calls {
		t, ok := e.tools[call.Name]
		if !ok {
			observations = append(observations, "there is no tool "+call.Name)
			continue
		}
		answer, err := t.Call(call.Input)
		if err != nil {
			return nil, fmt.Errorf("tool %s: %w", call.Name, err)
		}
		observations = append(observations, answer)
	}
	return observations, nil
}

func main() {
	e := &executor{tools: map[string]tool{"upper": upperTool{}}}
	fmt.Println(e.run([]toolCall{{"upper", "hello"}}))
	fmt.Println(e.run([]toolCall{{"upper", "hello"}, {"web_search", "weather"}})) // the model made this name up
}
