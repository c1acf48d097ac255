// Starts a runner that the loader, the kernel or the runtime refuses, and lets through what is said about it.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

const (
	engine = "int engine_threads(void) { return 4; }\n"
	other  = "int engine_version(void) { return 4; }\n"
	runner = "int engine_threads(void);\nint main(void) { return engine_threads() - 4; }\n"
	server = "package main\n\nfunc main() { println(\"up\") }\n"
	// muslLoader is where the row unpacks Debian's package.
	muslLoader = "musl/lib/x86_64-linux-musl/libc.so"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func cc(source string, arguments ...string) {
	compiler := exec.Command("cc", append([]string{"-x", "c", "-"}, arguments...)...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	must(compiler.Run())
}

func library(source string, arguments ...string) {
	cc(source, append([]string{"-shared", "-fPIC", "-o", "libengine.so"}, arguments...)...)
}

func link(arguments ...string) {
	library(engine)
	cc(runner, append([]string{"-o", "runner", "-L.", "-lengine", "-Wl,-rpath,$ORIGIN"}, arguments...)...)
}

// musl links a runner whose loader is the unpacked one.
func musl() {
	folder, err := os.Getwd()
	must(err)
	library(engine, "-nostdlib")
	cc(runner, "-nostdlib", "-o", "runner", "-L.", "-lengine", "-Wl,-rpath,$ORIGIN", "-Wl,-e,main",
		"-Wl,--dynamic-linker="+folder+"/"+muslLoader)
}

func versions(names ...string) {
	var script strings.Builder
	source, use := "", "int main(void) { return 0"
	for i, name := range names {
		fmt.Fprintf(&script, "%s { global: f%d; };\n", name, i)
		source += fmt.Sprintf("int f%d(void) { return 0; }\n", i)
		use = fmt.Sprintf("int f%d(void);\n", i) + use + fmt.Sprintf(" + f%d()", i)
	}
	must(os.WriteFile("versions", []byte(script.String()), 0o644))
	library(source, "-Wl,-soname,libm.so.6", "-Wl,--version-script=versions")
	cc(use+"; }\n", "-o", "runner", "-L.", "-lengine")
}

func foreign() {
	must(os.WriteFile("server.go", []byte(server), 0o644))
	arch := map[string]string{"amd64": "arm64"}[runtime.GOARCH]
	build := exec.Command("go", "build", "-o", "runner", "server.go")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOARCH="+arch)
	must(build.Run())
}

var makers = map[string]func(){
	"library-missing": func() { link(); os.Remove("libengine.so") },
	"library-text": func() {
		link()
		os.WriteFile("libengine.so", []byte(strings.Repeat("version https://git-lfs.github.com/spec/v1\n", 3)), 0o644)
	},
	"symbol-missing":   func() { link(); library(other) },
	"version-missing":  func() { versions("GLIBC_2.99") },
	"versions-missing": func() { versions("GLIBC_2.98", "GLIBC_2.99") },
	"musl-library":     func() { musl(); os.Remove("libengine.so") },
	"musl-symbol":      func() { musl(); library(other, "-nostdlib") },
	"interpreter":      func() { link("-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1") },
	"foreign":          foreign,
}

func main() {
	makers[os.Args[1]]()
	command := exec.Command(os.Args[2], os.Args[3:]...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		fmt.Println("start model runner:", err)
		os.Exit(1)
	}
}
