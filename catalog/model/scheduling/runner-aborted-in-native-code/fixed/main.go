// Starts a runner process for a batch size that its native engine refuses with an assertion.
package main

/*
#include <assert.h>
#include <stdlib.h>

static float *engine_new(int n_batch, int n_ubatch) {
	assert(n_batch % n_ubatch == 0);
	return calloc(n_batch, sizeof(float));
}

static void engine_free(float *engine) { free(engine); }
*/
import "C"

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strconv"
)

const microBatch = 64

// runner is the child: the same program, started as `server runner BATCH`.
func runner(batch int) {
	engine := C.engine_new(C.int(batch), microBatch)
	defer C.engine_free(engine)
	fmt.Println("ready: batch", batch)
}

// start waits until the runner is ready; when it ends before, the first line it wrote says why.
func start(batch int) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	var stderr bytes.Buffer
	command := exec.Command(self, "runner", strconv.Itoa(batch))
	command.Stderr = &stderr
	ready, err := command.Output()
	if err != nil {
		reason, _, _ := bufio.NewReader(&stderr).ReadLine()
		return "", fmt.Errorf("model runner process has terminated: %w: %s", err, reason)
	}
	return string(ready), nil
}

// batchFor gives a short prompt a small batch.
func batchFor(promptTokens int) int {
	return min(512, (promptTokens+microBatch-1)/microBatch*microBatch)
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 2 && os.Args[1] == "runner" {
		batch, err := strconv.Atoi(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		runner(batch)
		return
	}
	for _, promptTokens := range []int{2048, 100} {
		ready, err := start(batchFor(promptTokens))
		if err != nil {
			log.Fatal("load tiny: ", err)
		}
		fmt.Print(ready)
	}
}
