// Links a model runner on the distribution of the build stage and starts it on the one of the last stage.
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

// newer stands in for the libm of a newer distribution, a part of glibc: it has one function under a version this machine's lacks.
const newer = `int parse_context(const char *text) { return text[0]; }`

const newerVersions = `GLIBC_2.99 { global: parse_context; };`

const runner = `
#include <stdio.h>
#ifdef NEWER
int parse_context(const char *text);
#else
#include <stdlib.h>
#define parse_context atoi
#endif
int main(void) { printf("runner ready, context %d\n", parse_context("4096")); return 0; }
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

// distributions of the stages, first to last.
func distributions() []string {
	var names []string
	for _, line := range strings.Split(dockerfile, "\n") {
		if image, found := strings.CutPrefix(line, "FROM "); found {
			names = append(names, strings.Split(strings.Fields(image)[0], "-")[0])
		}
	}
	return names
}

func build() {
	stages := distributions()
	if stages[0] == stages[len(stages)-1] {
		cc(runner, "-o", "runner")
		return
	}
	must(os.WriteFile("versions", []byte(newerVersions), 0o644))
	cc(newer, "-shared", "-fPIC", "-nostdlib", "-o", "newer.so",
		"-Wl,-soname,libm.so.6", "-Wl,--version-script=versions")
	cc(runner, "-DNEWER", "-o", "runner", "-L.", "-l:newer.so")
}

func main() {
	log.SetFlags(0)
	build()
	command := exec.Command("./runner")
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		log.Fatal("start model runner: ", err)
	}
}
