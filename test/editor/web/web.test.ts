import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { beamService } from "../flows/service.ts";
import { runSuite } from "../host/run.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 9)))(
  "in the browser's own extension host of VS Code %s",
  async (version) => {
    const workspace = beamService({
      "crash.txt": readFileSync("test/golden/trace/cgo/ggml-assert-go1.26.txt", "utf8"),
    });
    const results = await runSuite({
      version,
      workspace: workspace.folder,
      inBrowser: true,
      suite: "test/editor/web/web-suite.ts",
    }).finally(workspace.remove);
    for (const { name, ok, error } of results)
      it(name, () => {
        if (!ok) throw new Error(error);
      });
  },
);
