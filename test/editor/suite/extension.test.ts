import { describe, it } from "vitest";
import { runSuite } from "../host/run.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { suiteWorkspace } from "./workspace.ts";

// What tests there are is known when they have run.
describe.each(EDITOR_VERSIONS.slice(0, Number(process.env.GOLM_EDITOR_COUNT ?? 9)))(
  "in the extension host of VS Code %s",
  async (version) => {
    const workspace = suiteWorkspace();
    const results = await runSuite({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
      settings: { "task.autoDetect": "on" },
      suite: "test/editor/suite/extension-suite.ts",
    }).finally(workspace.remove);
    for (const { name, ok, error } of results)
      it(name, () => {
        if (!ok) throw new Error(error);
      });
  },
);
