/** Delve, for the tests of debug sessions: built once by the Go that is there. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PINNED_DELVE } from "../../../src/delve/versions.ts";
import { once } from "./store.ts";

const DELVE = `github.com/go-delve/delve/cmd/dlv@v${PINNED_DELVE}`;

/** The path of `dlv`: of GOLM_TEST_DELVE, to try another version by hand, or the pinned one. */
export async function installDelve(): Promise<string> {
  const given = process.env.GOLM_TEST_DELVE;
  if (given) return given;
  const folder = await once(`delve-${PINNED_DELVE}`, async (draft) => {
    const { status, stderr } = spawnSync("go", ["install", DELVE], {
      cwd: draft,
      encoding: "utf8",
      env: { ...process.env, GOBIN: draft, GOFLAGS: "" },
    });
    if (status !== 0) throw new Error(`${DELVE} could not be built:\n${stderr}`);
  });
  return join(folder, "dlv");
}
