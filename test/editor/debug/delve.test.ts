import { describe, it } from "vitest";
import { makeWorkspace } from "../driver/workspace.ts";
import { runSuite } from "../host/run.ts";
import { installDelve } from "../setup/delve.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const INDEX = `package main

func sum(scores []float64) (total float64) {
	for i := 0; i <= len(scores); i++ {
		total += scores[i]
	}
	return total
}

func main() {
	println(sum([]float64{0.5, 0.25}))
}
`;

const ERROR = `package main

import (
	"errors"
	"fmt"
)

var errNoWeights = errors.New("no weights")

func load(path string) {
	panic(fmt.Errorf("load %s: %w", path, errNoWeights))
}

func main() {
	load("tiny.gguf")
}
`;

const DEADLOCK = `package main

func main() {
	tokens := make(chan string)
	tokens <- "the"
}
`;

const CLEAN = `package main

func main() {
	println("served")
}
`;

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 1)))(
  "a debug session in VS Code %s",
  async (version) => {
    const workspace = makeWorkspace({
      "go.mod": "module example.com/beam\n\ngo 1.24\n",
      "index/main.go": INDEX,
      "error/main.go": ERROR,
      "deadlock/main.go": DEADLOCK,
      "clean/main.go": CLEAN,
    });
    const results = await runSuite({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      beside: "test/editor/fixture-go",
      env: { GOLM_TEST_DLV: await installDelve() },
      suite: "test/editor/debug/delve-suite.ts",
    }).finally(workspace.remove);
    for (const { name, ok, error } of results)
      it(name, () => {
        if (!ok) throw new Error(error);
      });
  },
);
