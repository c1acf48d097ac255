// Table export: writes rows of any slice type, column by column.
package main

import (
	"fmt"
	"reflect"
	"strings"
)

func column(rows any, count int) string {
	v := reflect.ValueOf(rows)
	var cells []string
	for i := range count {
		cells = append(cells, fmt.Sprint(v.Index(i)))
	}
	return strings.Join(cells, ",")
}

func main() {
	names := []string{"llama3", "qwen2", "phi3"}
	sizes := []int{8, 7}
	fmt.Println(column(names, len(names)))
	fmt.Println(column(sizes, len(names)))
}
