// Builds a server with the GOAMD64 of its Dockerfile and starts it on a node whose processor has no AVX2.
package main

import (
	_ "embed"
	"log"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

//go:embed Dockerfile
var dockerfile string

const source = "package main\n\nfunc main() { println(\"serving\") }\n"

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func build() {
	must(os.WriteFile("server.go", []byte(source), 0o644))
	compiler := exec.Command("go", "build", "-buildvcs=false", "-o", "server", "server.go")
	compiler.Env = append(os.Environ(), "CGO_ENABLED=0")
	for _, line := range strings.Split(dockerfile, "\n") {
		if setting, found := strings.CutPrefix(line, "ENV GOAMD64="); found {
			compiler.Env = append(compiler.Env, "GOAMD64="+setting)
		}
	}
	compiler.Stderr = os.Stderr
	must(compiler.Run())
}

const avx2 = 1 << 5 // in EBX of CPUID leaf 7

// startInstructions is more than a Go program executes until it has compared the processor with its GOAMD64.
const startInstructions = 200

// startOnOldNode runs the program with AVX2 taken out of what CPUID tells at its start, as a hypervisor with an older
// processor model does: it steps to the instruction and changes what that returned.
func startOnOldNode(path string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	server := exec.Command(path)
	server.Stdout, server.Stderr = os.Stdout, os.Stderr
	server.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	must(server.Start())
	must(hideAVX2(server.Process.Pid))
	return server.Wait()
}

// step lets the process execute one instruction and tells what it was and what its registers held before.
func step(pid int) (code [2]byte, before syscall.PtraceRegs, err error) {
	if err = syscall.PtraceGetRegs(pid, &before); err != nil {
		return
	}
	if _, err = syscall.PtracePeekText(pid, uintptr(before.Rip), code[:]); err != nil {
		return
	}
	if err = syscall.PtraceSingleStep(pid); err == nil {
		_, err = syscall.Wait4(pid, nil, 0, nil)
	}
	return
}

func hideAVX2(pid int) error {
	if _, err := syscall.Wait4(pid, nil, 0, nil); err != nil {
		return err
	}
	for range startInstructions {
		code, before, err := step(pid)
		if err != nil {
			return err
		}
		if string(code[:]) != "\x0f\xa2" || before.Rax != 7 {
			continue
		}
		var answer syscall.PtraceRegs
		if err := syscall.PtraceGetRegs(pid, &answer); err != nil {
			return err
		}
		answer.Rbx &^= avx2
		if err := syscall.PtraceSetRegs(pid, &answer); err != nil {
			return err
		}
		break
	}
	return syscall.PtraceDetach(pid)
}

func main() {
	log.SetFlags(0)
	build()
	if err := startOnOldNode("./server"); err != nil {
		log.Fatal("server: ", err)
	}
}
