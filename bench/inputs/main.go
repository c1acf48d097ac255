// Command inputs writes what the benchmarks read.
//
//	inputs dump N     a goroutine profile (debug=2) of a running server with N busy goroutines
//	inputs panic N    the same server dying of an index out of range; run it with GOTRACEBACK=all
//	inputs log BYTES  a server's log without a crash; the same bytes for the same size, always
//	inputs line BYTES one line of that size without a newline
//
// `inputs measure CMD ARGS` runs a command, throws its output away and prints its wall time and peak memory as JSON.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == "measure" {
		measure(os.Args[2:])
		return
	}
	if len(os.Args) != 3 {
		fail("usage: inputs dump|panic|log|line N, inputs measure CMD ARGS")
	}
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err.Error())
	}
	switch os.Args[1] {
	case "dump":
		startServer(n)
		writeProfile()
	case "panic":
		startServer(n)
		die()
	case "log":
		out := bufio.NewWriterSize(os.Stdout, 1<<20)
		writeLog(out, n)
		out.Flush()
	case "line":
		out := bufio.NewWriterSize(os.Stdout, 1<<20)
		writeLine(out, n)
		out.Flush()
	default:
		fail("no command " + os.Args[1])
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(2)
}
