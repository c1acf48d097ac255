// A model server reads the model it is told to serve and logs with klog, as Kubernetes controllers do.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/klog/v2"
)

type server struct{ weights []byte }

func load(folder, name string) *server {
	weights, err := os.ReadFile(filepath.Join(folder, name+".gguf"))
	if err != nil {
		klog.Fatalf("load model %s: %v", name, err)
	}
	return &server{weights: weights}
}

// pull stores a model under its full name, tag included.
func pull(folder, name, tag string) error {
	return os.WriteFile(filepath.Join(folder, name+"-"+tag+".gguf"), []byte("GGUF"), 0o600)
}

func main() {
	folder := "models"
	if err := os.MkdirAll(folder, 0o700); err != nil {
		klog.Exit(err)
	}
	if err := pull(folder, "qwen3", "latest"); err != nil {
		klog.Exit(err)
	}
	klog.InfoS("Starting server", "models", folder)
	s := load(folder, "qwen3-latest")
	fmt.Println("serving", len(s.weights), "bytes")
}
