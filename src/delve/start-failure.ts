/** Delve's words for a start that failed, turned into a sentence that says what to do. */
import { DelveProblem } from "./problem.ts";
import type { ServerEnd, ServerOptions } from "./server.ts";
import { delveForGo, PINNED_DELVE, parseVersion } from "./versions.ts";

/** Sources: cmd/dlv/cmds, service/debugger, pkg/proc/core of Delve 1.27. Whatever is not known is quoted. */
export function explainStart(end: ServerEnd, { target, listen, delve }: ServerOptions): DelveProblem {
  const { text } = end;
  if (/address already in use|Only one usage of each socket address/i.test(text))
    return new DelveProblem("portTaken", listen ?? "127.0.0.1:0");
  const go =
    /Go version (?:go)?(\S{1,40}) is too old for this version of Delve \(minimum supported version (\d+\.\d+)/.exec(
      text,
    );
  if (go) return new DelveProblem("goTooOldForDelve", go[1]!, delve, go[2]!, fitting(go[1]!));
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
  if (/operation not permitted|ptrace_scope/i.test(text))
    return new DelveProblem("ptraceRefused", firstLine(text));
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

function fitting(go: string): string {
  const version = parseVersion(go);
  return (version && delveForGo(version)) ?? PINNED_DELVE;
}

function attachFailure(text: string, pid: number): DelveProblem | undefined {
  const by = /already being debugged by pid (\d+)/.exec(text);
  if (by) return new DelveProblem("beingDebugged", pid, Number(by[1]));
  if (/does not own the process/.test(text)) return new DelveProblem("notYourProcess", pid);
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

function firstLine(text: string): string {
  return text.trim().split("\n")[0]!;
}
