// Opens the model cache of a server that systemd starts, with the environment of its unit file.
package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed llm.service
var unit string

// useUnit replaces the environment by what the unit gives a system service.
func useUnit() {
	os.Clearenv()
	os.Setenv("PATH", "/usr/local/bin:/usr/bin")
	for _, line := range strings.Split(unit, "\n") {
		setting, found := strings.CutPrefix(line, "Environment=")
		if !found {
			continue
		}
		name, value, _ := strings.Cut(setting, "=")
		os.Setenv(name, value)
	}
}

func modelCache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		panic(fmt.Errorf("model cache: %w", err))
	}
	return filepath.Join(folder, "models")
}

func main() {
	useUnit()
	fmt.Println("models are kept in", modelCache())
}
