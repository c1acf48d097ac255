// Model inspector: prints the kind of model file that is named on the command line.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	path := os.Args[1]
	switch filepath.Ext(path) {
	case ".gguf":
		fmt.Println(path, "holds GGUF tensors")
	case ".safetensors":
		fmt.Println(path, "holds safetensors")
	default:
		fmt.Println(path, "is of an unknown kind")
	}
}
