// Loads the accelerator backend of an inference engine with dlopen, from what the image's Dockerfile has copied.
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

// cc compiles one C source into a library of the build stage.
func cc(source, name string, arguments ...string) error {
	arguments = append([]string{"-shared", "-fPIC", "-x", "c", "-", "-o", "build/" + name}, arguments...)
	compiler := exec.Command("cc", arguments...)
	compiler.Stdin, compiler.Stderr = strings.NewReader(source), os.Stderr
	return compiler.Run()
}

// build makes the device library and the backend that needs it.
func build() error {
	os.MkdirAll("build", 0o755)
	if err := cc("int accel_count(void) { return 2; }", "libaccelrt.so.12", "-Wl,-soname,libaccelrt.so.12"); err != nil {
		return err
	}
	return cc("int accel_count(void); int backend_devices(void) { return accel_count(); }",
		"libengine-accel.so", "-Lbuild", "-l:libaccelrt.so.12", "-Wl,-rpath,$ORIGIN")
}

// assemble copies what the last stage takes from the build stage.
func assemble() {
	os.MkdirAll("image", 0o755)
	for _, word := range strings.Fields(dockerfile) {
		if path, found := strings.CutPrefix(word, "/src/"); found {
			content, _ := os.ReadFile(filepath.Join("build", path))
			os.WriteFile(filepath.Join("image", path), content, 0o755)
		}
	}
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
	assemble()
	b := mustOpen("image/libengine-accel.so")
	fmt.Println("devices:", C.backend_devices(b.library))
}
