// Debugs a running server after the file it was started from has been replaced by the next release.
package main

import (
	"bufio"
	"bytes"
	"debug/elf"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"strings"
)

// source of a release; the next one has a function more.
const source = `package main

import (
	"fmt"
	"os"
	"runtime"
)

EXTRA
//go:noinline
func sample() uintptr {
	pc, _, _, _ := runtime.Caller(0)
	return pc
}

func main() {
	fmt.Printf("0x%x\n", sample())
	os.Stdin.Read(make([]byte, 1))
}
`

const extra = `
//go:noinline
func penalise(logits []float64) float64 {
	sum := 0.0
	for i := range logits {
		sum += logits[i] * 1.1
		fmt.Println(sum)
	}
	return sum
}

func init() { penalise(nil) }
`

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// deploy builds a release and puts it in the place of the one before.
func deploy(code string) {
	must(os.WriteFile("server.go", []byte(strings.ReplaceAll(source, "EXTRA", code)), 0o644))
	build := exec.Command("go", "build", "-buildvcs=false", "-o", "server.new", "server.go")
	build.Stderr = os.Stderr
	must(build.Run())
	must(os.Rename("server.new", "server"))
}

// buildID is the hash of the build in the ELF notes.
func buildID(path string) string {
	binary, err := elf.Open(path)
	must(err)
	defer binary.Close()
	note, err := binary.Section(".note.go.buildid").Data()
	must(err)
	return string(note)
}

// symbolFile is what a debugger opens for a process.
func symbolFile(pid int) string {
	return fmt.Sprintf("/proc/%d/exe", pid)
}

// symbolize asks a file for the function at an address of the process.
func symbolize(file, pc string) string {
	command := exec.Command("go", "tool", "addr2line", file)
	command.Stdin = strings.NewReader(pc)
	output, err := command.Output()
	must(err)
	name, _, _ := bytes.Cut(output, []byte("\n"))
	return string(name)
}

func main() {
	log.SetFlags(0)
	deploy("")
	server := exec.Command("./server")
	input, err := server.StdinPipe()
	must(err)
	output, err := server.StdoutPipe()
	must(err)
	must(server.Start())
	pc, err := bufio.NewReader(output).ReadString('\n')
	must(err)
	deploy(extra)

	process, file := fmt.Sprintf("/proc/%d/exe", server.Process.Pid), symbolFile(server.Process.Pid)
	fmt.Println("one build:", buildID(process) == buildID(file))
	fmt.Println("function found is the one that ran:", symbolize(file, pc) == "main.sample")
	io.WriteString(input, "q")
	must(server.Wait())
}
