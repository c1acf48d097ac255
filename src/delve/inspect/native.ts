/** The C stack, where gdb is installed. Optional: without it, frames of C code with debug information are still shown. */
import { execFile } from "node:child_process";
import type { NativeFrame } from "./findings.ts";

const TIMEOUT_MS = 60_000;
const FRAME = /^#\d+\s+(?:(0x[0-9a-f]+) in )?(.+?) \((.*?)\)(?: at (.+):(\d+)| from (\S+))?$/;

/**
 * The native frames where the fault struck: what stands between the last signal handler and the runtime's call into C.
 * Undefined when gdb is missing, fails, or sees none. gdb runs without its init files, so a core cannot make it run a
 * script of the folder it lies in.
 */
export function readNativeStack(
  program: string,
  core: string,
  signal?: AbortSignal,
): Promise<NativeFrame[] | undefined> {
  const args = [
    "-nx",
    "-q",
    "-batch",
    "-iex",
    "set auto-load off",
    "-iex",
    "set debuginfod enabled off",
    "-ex",
    "set width 0",
    "-ex",
    "backtrace 64",
    "--",
    program,
    core,
  ];
  return new Promise((resolve) => {
    execFile(
      "gdb",
      args,
      { timeout: TIMEOUT_MS, maxBuffer: 4 << 20, killSignal: "SIGKILL", ...(signal && { signal }) },
      (failure, stdout) => {
        resolve(failure && !stdout ? undefined : nativeFrames(stdout));
      },
    );
  });
}

export function nativeFrames(backtrace: string): NativeFrame[] | undefined {
  const lines = backtrace.split("\n").filter((line) => line.startsWith("#"));
  const struck = lines.findLastIndex((line) => line.includes("<signal handler called>"));
  const frames: NativeFrame[] = [];
  for (const line of lines.slice(struck + 1)) {
    const match = FRAME.exec(line);
    if (!match) continue;
    const [, pc, name = "", args, file, number, library] = match;
    if (name.startsWith("runtime.")) break;
    // Of a stripped library only the place is known. In no file at all: a jump to a bad address on top, else a lost way.
    if (name === "??" && library === undefined && frames.length > 0) break;
    frames.push({
      function: name,
      ...(args && { args }),
      ...(file && { file, line: Number(number) }),
      ...(library && { library }),
      ...(pc && { pc }),
    });
  }
  return frames.some(({ function: name, library }) => name !== "??" || library) ? frames : undefined;
}
