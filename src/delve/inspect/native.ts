/** The C stack, where gdb is installed. Optional: without it, frames of C code with debug information are still shown. */
import { execFile } from "node:child_process";
import type { CoreFrame, CoreReason, NativeFrame } from "./findings.ts";
import { signalName } from "./signals.ts";
import { panicWords } from "./unread.ts";

const TIMEOUT_MS = 60_000;
const FRAME = /^#\d+\s+(?:(0x[0-9a-f]+) in )?(.+?) \((.*?)\)(?: at (.+):(\d+)| from (\S+))?$/;

/** What gdb says of the thread that died. */
export interface GdbView {
  readonly backtrace: string;
  /** What glibc said before it called abort: a failed assertion, a heap that is not whole. */
  readonly aborted?: string;
}

/** glibc keeps its last words: a length, and the text behind it. */
const ABORT_MESSAGE = 'printf "golm-abort %s\\n", *(char **)&__abort_msg + 4';

/** What an index or a slice expression panics with. */
const BOUNDS = "print *(struct 'runtime.boundsError' *)e.data";

/**
 * Undefined when gdb is missing or fails. gdb runs without its init files, so a core cannot make it run a script of the
 * folder it lies in.
 */
export function askGdb(program: string, core: string, signal?: AbortSignal): Promise<GdbView | undefined> {
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
    "-ex",
    "set language c",
    "-ex",
    ABORT_MESSAGE,
    "-ex",
    "frame function runtime.gopanic",
    "-ex",
    BOUNDS,
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
        if (failure && !stdout) return resolve(undefined);
        const aborted = /^golm-abort (?!Cannot access)(\S.*)$/m.exec(stdout)?.[1]?.trim();
        resolve({ backtrace: stdout, ...(aborted && { aborted }) });
      },
    );
  });
}

/** The native frames where the fault struck: from there to the runtime's call into C. Undefined where there are none. */
export function nativeFrames(backtrace: string): NativeFrame[] | undefined {
  const frames: NativeFrame[] = [];
  for (const line of struckLines(backtrace)) {
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

/**
 * Lines of the backtrace from the fault on. The last signal that the runtime handled is the program's fault; one below it
 * was handled by C, and its handler failed.
 */
function struckLines(backtrace: string): string[] {
  const lines = backtrace.split("\n").filter((line) => line.startsWith("#"));
  const isHandled = (line: string) => line.includes("<signal handler called>");
  const ours = lines.findLastIndex(
    (line, index) => isHandled(line) && /(?: in |\s)runtime\./.test(lines[index - 1] ?? ""),
  );
  return lines.slice((ours >= 0 ? ours : lines.findLastIndex(isHandled)) + 1);
}

/**
 * The failure as gdb sees it, for Go code that Delve does not: of a library built with -buildmode=c-shared, in a program of
 * C. Undefined where the stack shows none.
 */
export function failureInGdb({
  backtrace,
}: GdbView): { readonly reason: CoreReason; readonly frames: CoreFrame[] } | undefined {
  const lines = backtrace.split("\n").filter((line) => line.startsWith("#"));
  const frames = lines.flatMap((line, index): (CoreFrame & { readonly words: string })[] => {
    const match = FRAME.exec(line);
    if (!match || match[2] === "??") return [];
    const [, pc = "0x0", name = "", words = "", file, number] = match;
    const ofGo = /^(?:runtime\.|_cgoexp_)/.test(name);
    const native =
      !ofGo && (file === undefined || !/\.(?:go|s)$/.test(file) || !/^[\w.~/-]+\.[\w(]/.test(name));
    const place = file === undefined ? {} : { file, line: Number(number) };
    return [{ index, function: name, ...place, pc, native, words }];
  });
  const reason = reasonIn(frames, boundsText(backtrace));
  return reason && { reason, frames: frames.map(({ words: _, ...frame }) => frame) };
}

/** Source: boundsErrorFmts of runtime/error.go. */
const BOUNDS_WORDS = [
  "index out of range [%x] with length %y",
  "slice bounds out of range [:%x] with length %y",
  "slice bounds out of range [:%x] with capacity %y",
  "slice bounds out of range [%x:%y]",
] as const;

function boundsText(printed: string): string | undefined {
  const found = /^\$\d+ = \{x = (-?\d+), y = (\d+), signed = \w+, code = (\d+)/m.exec(printed);
  const words = found && BOUNDS_WORDS[Number(found[3])];
  return words ? `runtime error: ${words.replace("%x", found[1]!).replace("%y", found[2]!)}` : undefined;
}

function reasonIn(
  frames: readonly (CoreFrame & { readonly words: string })[],
  bounds: string | undefined,
): CoreReason | undefined {
  for (const [at, { function: name }] of frames.entries()) {
    if (name === "runtime.gopanic" || name === "runtime.fatalpanic")
      return {
        kind: "panic",
        panics: [{ ...panicWords(frames), ...(isBounds(frames) && bounds && { value: bounds }) }],
      };
    if (name === "runtime.throw" || name === "runtime.fatal")
      return { kind: "fatal-unread", by: frames[at + 1]?.function ?? name };
    if (name !== "runtime.sighandler" && name !== "runtime.badsignal") continue;
    const tramp = frames.find((each, index) => index > at && each.function === "runtime.sigtrampgo");
    const number = Number(/\bsig=(\d+)/.exec(tramp?.words ?? "")?.[1] ?? 0);
    if (number > 0) return { kind: "signal", signal: { number, name: signalName(number) }, inCgo: true };
  }
  return undefined;
}

/** The value behind a panic that is none of this kind may look like one. */
function isBounds(frames: readonly CoreFrame[]): boolean {
  return frames.some(({ function: name }) => /^runtime\.(?:goPanic|panic)(?:Bounds|Index|Slice)/.test(name));
}
