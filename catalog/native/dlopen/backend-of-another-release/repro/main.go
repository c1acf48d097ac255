// Loads the accelerator backend of an inference engine with dlopen, beside the engine library of its image.
package main

/*
#cgo linux LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>

static int backend_devices(void *library) {
	int (*devices)(void) = (int (*)(void))dlsym(library, "backend_devices");
	return devices ? devices() : -1;
}
*/
import "C"

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unsafe"
)

//go:embed Dockerfile
var dockerfile string

// engines by version: the library that the service and its backends share.
var engines = map[string]string{
	"1.4": "int engine_count(void) { return 2; }",
	"1.5": "int engine_count(void) { return 2; } int engine_buffer_align(void) { return 64; }",
}

const backendSource = `
int engine_count(void);
int engine_buffer_align(void);
int backend_devices(void) { return engine_buffer_align() ? engine_count() : 0; }
`

// cc compiles one C source into a library.
func cc(source, path string, arguments ...string) error {
	arguments = append([]string{"-shared", "-fPIC", "-x", "c", "-", "-o", path}, arguments...)
	compiler := exec.Command("cc", arguments...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	return compiler.Run()
}

// version is what the Dockerfile sets: `ARG NAME=VERSION`.
func version(name string) string {
	_, after, _ := strings.Cut(dockerfile, "ARG "+name+"=")
	number, _, _ := strings.Cut(after, "\n")
	return number
}

// build makes the backend against one engine and puts it beside the engine of the image.
func build() error {
	os.MkdirAll("build", 0o755)
	os.MkdirAll("image", 0o755)
	return errors.Join(
		cc(engines[version("BACKEND_ENGINE")], "build/libengine.so"),
		cc(backendSource, "image/libengine-accel.so", "-Lbuild", "-lengine", "-Wl,-rpath,$ORIGIN"),
		cc(engines[version("ENGINE")], "image/libengine.so"),
	)
}

type backend struct{ library unsafe.Pointer }

func openBackend(path string) (*backend, error) {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	library := C.dlopen(name, C.RTLD_NOW)
	if library == nil {
		return nil, errors.New(C.GoString(C.dlerror()))
	}
	return &backend{library}, nil
}

// mustOpen is called at start: this service is of no use without its accelerator.
func mustOpen(path string) *backend {
	b, err := openBackend(path)
	if err != nil {
		panic(fmt.Errorf("load backend %s: %w", filepath.Base(path), err))
	}
	return b
}

func main() {
	if err := build(); err != nil {
		panic(err)
	}
	b := mustOpen("image/libengine-accel.so")
	fmt.Println("devices:", C.backend_devices(b.library))
}
