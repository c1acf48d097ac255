// Starts the model runner through the script that sets its environment.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

// entrypoint is the script of the image.
const entrypoint = `#!/bin/sh
export OMP_NUM_THREADS=4
echo "runner ready, $OMP_NUM_THREADS threads"
`

func mustStart(path string) string {
	ready, err := exec.Command(path).Output()
	if err != nil {
		panic(fmt.Errorf("start model runner: %w", err))
	}
	return string(ready)
}

func main() {
	if err := os.WriteFile("entrypoint.sh", []byte(entrypoint), 0o755); err != nil {
		panic(err)
	}
	fmt.Print(mustStart("./entrypoint.sh"))
}
