// Prints the model list as a table and pads each name to a column width.
package main

import (
	"fmt"
	"strings"
)

const nameWidth = 16

func column(name string) string {
	return name + strings.Repeat(" ", max(1, nameWidth-len(name)))
}

func printModels(models map[string]string, order []string) {
	for _, name := range order {
		fmt.Println(column(name), models[name])
	}
}

func main() {
	models := map[string]string{"gemma3:4b": "3.3 GB", "qwen3-coder:30b-a3b": "18 GB"}
	printModels(models, []string{"gemma3:4b", "qwen3-coder:30b-a3b"})
}
