// Runs tools that a model asks for; a broken tool must not stop the agent.
package main

import "fmt"

type toolCall struct {
	name string
	args map[string]any
}

func runTool(c toolCall) string {
	if c.args["city"] == nil {
		panic("tool " + c.name + ": city is missing")
	}
	return fmt.Sprint("sunny in ", c.args["city"])
}

// report logs the panic of a tool.
func report(tool string) {
	if r := recover(); r != nil {
		fmt.Println("tool failed:", tool, r)
	}
}

func safely(c toolCall) {
	defer func() {
		report(c.name)
	}()
	fmt.Println(runTool(c))
}

func main() {
	safely(toolCall{"weather", map[string]any{"city": "Berlin"}})
	safely(toolCall{"weather", map[string]any{}})
	fmt.Println("agent goes on")
}
