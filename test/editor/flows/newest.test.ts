/** What a user does, one after the other, in the newest VS Code. The order matters: they share one window. */
import { describe } from "vitest";
import { installDelve } from "../setup/delve.ts";
import { EDITOR_VERSIONS } from "../setup/versions.ts";
import { dropFlows } from "./drops.ts";
import { fixFlows, PROMPT_BUILDER } from "./fixes.ts";
import { historyFlows } from "./history.ts";
import { logFlows } from "./logs.ts";
import { modelFlows } from "./model.ts";
import { panelFlows } from "./panels.ts";
import { runFlows } from "./runs.ts";
import { beamService } from "./service.ts";
import { useSession } from "./session.ts";
import { strangerFlows } from "./strangers.ts";
import { terminalFlows } from "./terminal.ts";
import { treeFlows } from "./tree.ts";

describe(`VS Code ${EDITOR_VERSIONS[0]}`, async () => {
  const delve = await installDelve();
  const session = useSession({
    version: EDITOR_VERSIONS[0]!,
    makeWorkspace: () =>
      beamService({
        ...PROMPT_BUILDER,
        // A program's path is a setting of the machine or of a trusted workspace, not of the person.
        ".vscode/settings.json": JSON.stringify({ "golm.delve.path": delve }),
      }),
    settings: {
      "golm.watch.logs": ["logs/**/*.log"],
      "terminal.integrated.profiles.linux": {
        bash: { path: "bash" },
        plain: { path: "/bin/sh", env: { PS1: "$ " } },
      },
    },
  });
  terminalFlows(session);
  historyFlows(session);
  panelFlows(session);
  runFlows(session);
  logFlows(session);
  treeFlows(session);
  fixFlows(session);
  dropFlows(session);
  strangerFlows(session);
  // The last: it reloads with another setting.
  modelFlows(session);
});
