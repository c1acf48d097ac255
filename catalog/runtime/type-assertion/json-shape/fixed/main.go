// Converts the JSON schema of a tool and takes a list of types for a single one.
package main

import (
	"encoding/json"
	"fmt"
)

type parameter struct {
	name, kind string
	nullable   bool
}

func firstType(value any) (kind string, nullable bool) {
	switch v := value.(type) {
	case string:
		return v, false
	case []any:
		for _, item := range v {
			if s, ok := item.(string); ok && s != "null" {
				return s, true
			}
		}
	}
	return "object", false
}

func convertParameter(name string, schema map[string]any) parameter {
	kind, nullable := firstType(schema["type"])
	return parameter{name, kind, nullable}
}

func convertTool(definition string) ([]parameter, error) {
	var tool struct {
		Properties map[string]map[string]any `json:"properties"`
	}
	if err := json.Unmarshal([]byte(definition), &tool); err != nil {
		return nil, err
	}
	var parameters []parameter
	for name, schema := range tool.Properties {
		parameters = append(parameters, convertParameter(name, schema))
	}
	return parameters, nil
}

func main() {
	kind, _ := firstType("string")
	fmt.Println("default type", kind)
	parameters, err := convertTool(`{"properties":{"city":{"type":["string","null"]}}}`)
	fmt.Println(parameters, err)
}
