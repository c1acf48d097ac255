/** The adapter over standard input and output, for any editor that speaks the Debug Adapter Protocol. */
import { fileURLToPath } from "node:url";
import { DapReader, dapFrame } from "../delve/dap.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { Adapter } from "./adapter.ts";
import { catalogIn, knowledgeOf } from "./knowledge.ts";
import { PATIENCE, type Patience } from "./session.ts";

/**
 * Serves one session and resolves with the exit status when it is over: its streams ended, or the process was told
 * to end. `folder` holds the catalogue.
 */
export function serve(folder: string, language: Language): Promise<number> {
  return new Promise((resolve) => {
    const knowledge = knowledgeOf(language, catalogIn(folder));
    const adapter = new Adapter({
      knowledge,
      patience: patience(),
      send: (message) => process.stdout.write(dapFrame(message)),
    });
    // What was written last must have gone out before the process ends.
    const leave = (status: number) =>
      void adapter.dispose().then(() => process.stdout.write("", () => resolve(status)));
    const reader = new DapReader(
      (message) => adapter.handle(message),
      // What is no DAP is no editor.
      () => leave(2),
    );
    process.stdin.on("data", (chunk: Buffer) => reader.push(chunk));
    // An editor that is gone says nothing any more.
    process.stdin.on("end", () => leave(0));
    process.stdin.on("error", () => leave(0));
    process.stdout.on("error", () => leave(0));
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => leave(0));
  });
}

/** Shorter for those who test what happens when it runs out. */
function patience(): Patience {
  const silenceMs = Number(process.env.GOLM_DAP_SILENCE_MS);
  return silenceMs > 0 ? { ...PATIENCE, silenceMs } : PATIENCE;
}

/** The folder of a program file that lies beside the catalogue. */
export function folderOf(script: string): string {
  return process.env.GOLM_CATALOG ?? fileURLToPath(new URL(".", script));
}
