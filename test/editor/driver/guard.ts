/** Removes a folder when it is released, or when this process is gone however it went. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { ROOT } from "../setup/store.ts";

export function guardFolder(folder: string): () => Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, "test/editor/driver/keeper.mjs"), folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.unref();
  // Neither the process nor the pipe to it keeps us from ending.
  (child.stdin as Socket).unref();
  return () => {
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.ref();
    child.stdin.end();
    return gone;
  };
}
