// Transcodes an audio prompt with a helper program, below the PATH that the image has.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

// install puts the programs that the last stage installs into the image's bin folder; the helper is a script here.
func install(bin string) error {
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	for _, line := range strings.Split(dockerfile, "\n") {
		packages, found := strings.CutPrefix(line, "RUN apt-get install -y ")
		if !found {
			continue
		}
		for _, name := range strings.Fields(packages) {
			script := "#!/bin/sh\necho \"" + name + ": 16000 Hz, mono\"\n"
			if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
				return err
			}
		}
	}
	return nil
}

// transcode turns what the client sent into what the speech encoder reads.
func transcode() error {
	pipeline := exec.Command("/bin/sh", "-c", "ffmpeg -i prompt.ogg -ar 16000 -ac 1 prompt.wav")
	pipeline.Stdout, pipeline.Stderr = os.Stdout, os.Stderr
	pipeline.Env = []string{"PATH=image/bin"}
	if err := pipeline.Run(); err != nil {
		return fmt.Errorf("transcoder process has ended: %w", err)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	if err := install("image/bin"); err != nil {
		log.Fatal(err)
	}
	if err := transcode(); err != nil {
		log.Fatal(err)
	}
}
