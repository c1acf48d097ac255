/** A stop of Delve's, with what it does not say over DAP: which breakpoint or watchpoint it was. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ApiBreakpoint, ApiLocation, ApiState } from "../delve/api.ts";

export interface Hit {
  readonly body: DebugProtocol.StoppedEvent["body"];
  readonly goroutine: number;
  /** What the stop's values are read of: the goroutine, or -1 for a thread that runs none. */
  readonly scope: number;
  readonly breakpoint?: ApiBreakpoint;
  readonly place?: ApiLocation;
  /** Watchpoints that are gone with their function. */
  readonly gone: readonly string[];
}

export function hitOf(body: DebugProtocol.StoppedEvent["body"], state: ApiState): Hit {
  const goroutine = body.threadId ?? state.currentGoroutine?.id ?? 1;
  const threads = [state.currentThread, ...(state.Threads ?? [])];
  const own = threads.filter((thread) => thread?.goroutineID === goroutine);
  // The runtime itself may fail, on a stack of its own; DAP then names a goroutine all the same.
  const current = state.currentThread;
  const bare = current?.breakPoint && current.goroutineID <= 0 && !own.some((thread) => thread?.breakPoint);
  const breakpoint = bare ? current.breakPoint : own.find((thread) => thread?.breakPoint)?.breakPoint;
  const place = bare ? current : own[0];
  return {
    body,
    goroutine,
    scope: bare ? -1 : goroutine,
    ...(breakpoint && { breakpoint }),
    ...(place && { place }),
    gone: (state.WatchOutOfScope ?? []).map(({ WatchExpr }) => WatchExpr),
  };
}

/** `main.(*cache).put, cache.go:12` of a breakpoint. */
export function breakpointText({ functionName, file, line }: ApiBreakpoint): string {
  const place = `${file.replace(/^.*[\\/]/, "")}:${line}`;
  return functionName ? `${functionName}, ${place}` : place;
}
