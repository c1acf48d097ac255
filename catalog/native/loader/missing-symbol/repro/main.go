// Builds a model runner against one release of a library, and starts it with the release that its image holds.
package main

import (
	_ "embed"
	"log"
	"os"
	"os/exec"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

// releases of the engine, by version.
var releases = map[string]string{
	"1.4": `int engine_threads(void) { return 4; }`,
	"1.5": `int engine_threads(void) { return 4; }
int engine_rope_scale(int context) { return context / 4096; }`,
}

const runner = `
#include <stdio.h>
int engine_threads(void);
int engine_rope_scale(int context);
int main(void) {
	printf("runner ready, %d threads\n", engine_threads());
	fflush(stdout);
	printf("context scaled by %d\n", engine_rope_scale(32768));
	return 0;
}
`

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// cc compiles one C source.
func cc(source string, arguments ...string) {
	compiler := exec.Command("cc", append([]string{"-x", "c", "-"}, arguments...)...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	must(compiler.Run())
}

// version is the engine that a stage of the Dockerfile takes: `ARG NAME=VERSION`.
func version(name string) string {
	_, after, _ := strings.Cut(dockerfile, "ARG "+name+"=")
	number, _, _ := strings.Cut(after, "\n")
	return number
}

func main() {
	log.SetFlags(0)
	must(os.MkdirAll("build", 0o755))
	must(os.MkdirAll("image", 0o755))
	cc(releases[version("BUILD_ENGINE")], "-shared", "-fPIC", "-o", "build/libengine.so")
	cc(runner, "-o", "image/runner", "-Lbuild", "-lengine", "-Wl,-rpath,$ORIGIN", "-Wl,-z,lazy")
	cc(releases[version("IMAGE_ENGINE")], "-shared", "-fPIC", "-o", "image/libengine.so")
	command := exec.Command("image/runner")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		log.Fatal("model runner: ", err)
	}
}
