import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { beamService } from "../flows/service.ts";
import { runSuite } from "../host/run.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

const TRAP = `package main

import (
	"os"
	"testing"
)

func TestTrap(t *testing.T) { os.WriteFile("ran", nil, 0o600) }
`;

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 1)))(
  "in a workspace that is not trusted, VS Code %s",
  async (version) => {
    const workspace = beamService({
      "crash.txt": readFileSync("test/golden/trace/cgo/ggml-assert-go1.26.txt", "utf8"),
      "trap_test.go": TRAP,
    });
    const results = await runSuite({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      trusted: false,
      suite: "test/editor/suite/untrusted-suite.ts",
    }).finally(workspace.remove);
    for (const { name, ok, error } of results)
      it(name, () => {
        if (!ok) throw new Error(error);
      });
  },
);
