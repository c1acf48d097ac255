/** One look at a program's goroutines, from any of the forms Go writes them in. Pure. */
import { type CrashReport, type Frame, type Goroutine, groupMembers, TraceReader } from "../trace/index.ts";

export interface Spot {
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
}

/** Goroutines that wait at the same place. */
export interface Group {
  /** Equal for the same stack in two samples of one program. */
  readonly key: string;
  readonly count: number;
  /** `chan send`, `select`, `IO wait`...; reckoned from the runtime's frames where the form does not say it. */
  readonly state: string;
  /** Innermost first, without the runtime's own waiting. */
  readonly frames: readonly Spot[];
  readonly createdBy?: string;
  /** Text dumps alone. */
  readonly goroutines: readonly Goroutine[];
}

export interface Sample {
  readonly total: number;
  readonly groups: readonly Group[];
  /** Ids, waits and creators are known. */
  readonly detailed: boolean;
  /** The runtime stops a text of pprof at 64 MiB: there are more. */
  readonly cut: boolean;
}

/** Source: runtime/pprof, writeGoroutineStacks. */
const RUNTIME_STOPS_AT = 64 << 20;

/** Reads a dump as `debug=2`, SIGQUIT or a crash print it. Undefined where there is no goroutine in it. */
export function sampleOfText(bytes: Uint8Array): Sample | undefined {
  const reports: CrashReport[] = [];
  const reader = new TraceReader({ onReport: (report) => reports.push(report) });
  reader.push(bytes);
  reader.end();
  let best: CrashReport | undefined;
  for (const report of reports) if (report.goroutineCount > (best?.goroutineCount ?? 0)) best = report;
  if (!best) return undefined;
  return {
    total: best.goroutineCount,
    groups: groupMembers(best).flatMap((members) => byState(members.map((index) => best.goroutines[index]!))),
    detailed: true,
    cut: bytes.length >= RUNTIME_STOPS_AT - 4096,
  };
}

/** Equal stacks may wait for different reasons: `select` and `chan receive` at one line cannot, running ones can. */
function byState(goroutines: readonly Goroutine[]): Group[] {
  const states = new Map<string, Goroutine[]>();
  for (const goroutine of goroutines) {
    const state =
      goroutine.state === "runnable" || goroutine.state === "running" ? "running" : goroutine.state;
    const same = states.get(state);
    if (same) same.push(goroutine);
    else states.set(state, [goroutine]);
  }
  return [...states].map(([state, members]) => {
    const { frames, createdBy } = members[0]!;
    const spots = frames.map(spotOf);
    return {
      key: keyOf(state, spots, createdBy?.function),
      count: members.length,
      state,
      frames: spots,
      ...(createdBy && { createdBy: createdBy.function }),
      goroutines: members,
    };
  });
}

function spotOf({ function: name, file, line }: Frame): Spot {
  return { function: name, ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}

export function keyOf(state: string, frames: readonly Spot[], createdBy = ""): string {
  return [state, ...frames.map((f) => `${f.function} ${f.file ?? ""}:${f.line ?? 0}`), createdBy].join("\n");
}

/**
 * `debug=1`: `N @ 0x.. 0x..` and a line for each frame. It leaves out the runtime's frames, so that channel waits
 * cannot be told apart. Undefined where the text is none.
 */
export function sampleOfCounts(text: string): Sample | undefined {
  const head = /^goroutine(?:leak)? profile: total (\d+)/.exec(text);
  if (!head) return undefined;
  const groups: Group[] = [];
  for (const block of text.split("\n\n")) {
    const count = /^(\d+) @/m.exec(block)?.[1];
    if (count === undefined) continue;
    const spots = [...block.matchAll(/^#\t0x[0-9a-f]+\t(\S+)\+0x[0-9a-f]+\s+(.+):(\d+)$/gm)].map((m) => ({
      function: m[1]!,
      file: m[2]!,
      line: Number(m[3]),
    }));
    groups.push(groupOfStack(spots, Number(count), "unknown"));
  }
  return { total: Number(head[1]), groups, detailed: false, cut: false };
}

/** Profiles show the runtime's frames and not the state: each way to wait has a function of its own. */
const WAITS: readonly (readonly [RegExp, string])[] = [
  [/^runtime\.chansend/, "chan send"],
  [/^runtime\.chanrecv/, "chan receive"],
  [/^runtime\.selectgo/, "select"],
  [/^runtime\.block$/, "select (no cases)"],
  [/^(?:runtime\.netpollblock|internal\/poll\.runtime_pollWait)/, "IO wait"],
  [/^time\.Sleep$/, "sleep"],
  [/^sync\.runtime_SemacquireWaitGroup/, "sync.WaitGroup.Wait"],
  [/^(?:internal\/)?sync\.runtime_SemacquireMutex/, "sync.Mutex.Lock"],
  [/^sync\.runtime_SemacquireRWMutex/, "sync.RWMutex.Lock"],
  [/^sync\.runtime_notifyListWait/, "sync.Cond.Wait"],
  [/^runtime\.cgocall/, "syscall"],
  [/^sync\.runtime_Semacquire/, "semacquire"],
];

/** `otherwise` is the state where no frame tells it. */
export function groupOfStack(spots: readonly Spot[], count: number, otherwise = "running"): Group {
  const state =
    WAITS.find(([name]) => spots.slice(0, 8).some((spot) => name.test(spot.function)))?.[1] ?? otherwise;
  // Dumps leave out what the runtime does to wait; profiles end with the goroutine's first function.
  let first = spots.findIndex(({ function: name }) => !/^runtime\./.test(name) || name === "runtime.cgocall");
  if (first < 0) first = 0;
  const frames = spots.slice(first).filter(({ function: name }) => name !== "runtime.goexit");
  return { key: keyOf(state, frames), count, state, frames, goroutines: [] };
}
