// Model catalogue: reads its table of models in a package-level variable and logs what it skipped.
package main

import (
	"fmt"
	"log"
	"os"
	"strings"
)

var logger *log.Logger

func init() {
	logger = log.New(os.Stdout, "catalogue: ", 0)
}

var models = parseModels("llama3=8B qwen2=7B broken")

func parseModels(table string) map[string]string {
	parsed := map[string]string{}
	for _, entry := range strings.Fields(table) {
		name, size, ok := strings.Cut(entry, "=")
		if !ok {
			logger.Printf("skipping %q", entry)
			continue
		}
		parsed[name] = size
	}
	return parsed
}

func main() {
	fmt.Println(len(models), "models")
}
