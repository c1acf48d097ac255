/** Delve's words for a start that failed, turned into a sentence that says what to do. */
import { DelveProblem } from "./problem.ts";
import type { ServerEnd, ServerOptions } from "./server.ts";
import { delveForGo, oldestGo, parseVersion, type Version } from "./versions.ts";

/** Sources: cmd/dlv/cmds, service/debugger, pkg/proc/core of Delve 1.27. Whatever is not known is quoted. */
export function explainStart(end: ServerEnd, { target, listen, delve, cwd }: ServerOptions): DelveProblem {
  const { text } = end;
  if (/address already in use|Only one usage of each socket address/i.test(text))
    return new DelveProblem("portTaken", listen ?? "127.0.0.1:0");
  const go =
    /Go version (?:go)?(\S{1,40}) is too old for this version of Delve \(minimum supported version (\d+\.\d+)/.exec(
      text,
    );
  const old = go && parseVersion(go[1]!);
  if (go && old) return goTooOld(old, delve, go[2]!);
  const older =
    /Version of Delve is too old for Go version (?:go)?(\S{1,40}) \(maximum supported version (\d+\.\d+)/.exec(
      text,
    );
  if (older) return new DelveProblem("goTooNewForDelve", older[1]!, delve, older[2]!);
  if (target.mode === "attach") {
    const refused = attachFailure(text, target.pid);
    if (refused) return refused;
  }
  if (target.mode === "core") {
    const refused = coreFailure(text, target);
    if (refused) return refused;
  }
  if (/operation not permitted/i.test(text)) return new DelveProblem("ptraceRefused", firstLine(text));
  if (target.mode === "debug" && /not an executable file/i.test(text))
    return new DelveProblem("notMainPackage", programFolder(target.package, cwd));
  if (
    "program" in target &&
    target.program !== undefined &&
    /not an executable file|is not executable|exec format error|permission denied/i.test(text)
  )
    return new DelveProblem("notExecutable", target.program);
  if (
    (target.mode === "debug" || target.mode === "test") &&
    end.status === 1 &&
    !/could not launch/.test(text)
  )
    return new DelveProblem("buildFailed", text.trim());
  return new DelveProblem("startFailed", text.trim() || `${end.signal ?? `exit status ${end.status}`}`);
}

/** The sentence for a program that is too old for a Delve, with the Delve that reads it where there is one. */
export function goTooOld(go: Version, delve: string, oldest: string): DelveProblem {
  const fit = delveForGo(go);
  return fit === undefined
    ? new DelveProblem("goTooOldForAny", go.text, oldestGo())
    : new DelveProblem("goTooOldForDelve", go.text, delve, oldest, fit);
}

function attachFailure(text: string, pid: number): DelveProblem | undefined {
  const by = /already being debugged by pid (\d+)/.exec(text);
  if (by) return new DelveProblem("beingDebugged", pid, Number(by[1]));
  // Delve compares the users and looks no further: root owns none of the others' and may trace all, unless it was taken.
  if (/does not own the process/.test(text))
    return process.getuid?.() === 0
      ? new DelveProblem("ptraceRefused", firstLine(text))
      : new DelveProblem("notYourProcess", pid);
  if (/ptrace_scope/.test(text)) return new DelveProblem("ptraceScope", pid);
  if (/no such process|no such file or directory/i.test(text)) return new DelveProblem("processGone", pid);
  return undefined;
}

function coreFailure(
  text: string,
  { core, program }: { core: string; program: string },
): DelveProblem | undefined {
  if (/unrecognized core format|is not a core file|bad magic number/.test(text))
    return new DelveProblem("notACore", core);
  if (/architecture mismatch/.test(text)) return new DelveProblem("otherArchitecture", core, program);
  if (/unsupported machine type/.test(text)) return new DelveProblem("unsupportedCore", core);
  if (/unexpected EOF|\bEOF\b|truncated/.test(text)) return new DelveProblem("coreCut", core);
  return undefined;
}

function programFolder(named = ".", cwd = "."): string {
  return named === "." ? cwd : named;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]!.trim();
}
