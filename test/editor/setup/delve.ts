/** Delve, for the tests of debug sessions: built once by the Go that is there. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { once } from "./store.ts";

const DELVE = "github.com/go-delve/delve/cmd/dlv@v1.27.1";

/** The path of `dlv`. */
export async function installDelve(): Promise<string> {
  const folder = await once("delve-1.27.1", async (draft) => {
    const { status, stderr } = spawnSync("go", ["install", DELVE], {
      cwd: draft,
      encoding: "utf8",
      env: { ...process.env, GOBIN: draft, GOFLAGS: "" },
    });
    if (status !== 0) throw new Error(`${DELVE} could not be built:\n${stderr}`);
  });
  return join(folder, "dlv");
}
