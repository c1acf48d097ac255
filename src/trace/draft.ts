/** A report while it is being read. `finish` turns it into a CrashReport, or into nothing when it proves no crash. */
import { carriedFrames } from "./carried.ts";
import { fingerprint } from "./fingerprint.ts";
import type { HeaderDetails } from "./header.ts";
import type { Line } from "./line.ts";
import { parsePanicValue } from "./messages.ts";
import { isStandardLibrary } from "./packages.ts";
import type {
  Ancestor,
  ByteRange,
  Completeness,
  CrashKind,
  CrashReport,
  CreatedBy,
  Exit,
  FatalError,
  Frame,
  Goroutine,
  NativeLine,
  Panic,
  RaceReport,
  Serving,
  Signal,
  TestContext,
  Wrapper,
} from "./report.ts";
import { versionHints } from "./version-hints.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Goroutines kept with their frames; more are only counted. Enough for any process that still answers. */
const MAX_GOROUTINES = 250_000;

type OpenAncestor = Mutable<Omit<Ancestor, "frames">> & { readonly frames: Frame[] };

export interface OpenGoroutine {
  id: number;
  details: HeaderDetails;
  frames: Frame[];
  elided?: number;
  createdBy?: CreatedBy;
  ancestors: OpenAncestor[];
  at: { start: number; end: number };
  /** The last function line had no file line below it. */
  dangling: boolean;
}

export class Draft {
  header = "";
  /** The header was printed by the runtime at a line's start, not found inside another program's line. */
  headerByRuntime = false;
  readonly panics: Panic[] = [];
  fatal?: FatalError;
  signal?: Mutable<Signal>;
  serving?: Serving;
  exit?: Exit;
  race?: RaceReport;
  registers?: Record<string, string>;
  runtimeStack?: Frame[];
  readonly runtimeLines: string[] = [];
  readonly nativeLines: NativeLine[] = [];
  readonly goroutines: Goroutine[] = [];
  goroutineCount = 0;
  readonly test: Mutable<TestContext> = {};
  /** A logger said that the panic was caught. */
  caught = false;
  /** The value a logger printed beside the stack; it counts only when the stack runs through a panic. */
  loggedValue?: { value: string; at: ByteRange };
  /** A log line of a fatal level above; it is the header when the stack is the logger's own. */
  fatalLog?: Line;
  /** Frames have the form of gccgo. */
  gccgo = false;
  /** The loader or the kernel said that the program did not start. */
  notStarted = false;
  /** The header alone proves nothing. */
  doubtful = false;
  /** The report begins at the bracket that the runtime prints below the header of a panic or a fatal error. */
  headerLost = false;
  /** goleak lists the goroutines that a test left over. */
  leaked = false;
  /** The first goroutine header stood behind a logger's words. */
  logged = false;
  /** Text the runtime prints only at the end of a process' traceback was seen. */
  ended = false;
  cutInside = false;
  end: number;
  lastLine: number;

  constructor(
    public start: number,
    public firstLine: number,
    readonly wrappers: readonly Wrapper[],
  ) {
    this.end = start;
    this.lastLine = firstLine;
  }

  /** Moves the end of the report behind a line that belongs to it. */
  reach(at: ByteRange, line: number): void {
    if (at.end > this.end) this.end = at.end;
    if (line > this.lastLine) this.lastLine = line;
  }

  /** Moves the start of the report to a line above it that belongs to it. */
  reachBack(at: ByteRange, line: number): void {
    this.start = Math.min(this.start, at.start);
    this.firstLine = Math.min(this.firstLine, line);
  }

  addGoroutine(open: OpenGoroutine): void {
    this.goroutineCount++;
    if (this.goroutines.length >= MAX_GOROUTINES) return;
    this.goroutines.push({
      id: open.id,
      ...open.details,
      frames: open.frames,
      ...(open.elided !== undefined && { elided: open.elided }),
      ...(open.createdBy && { createdBy: open.createdBy }),
      ...(open.ancestors.length > 0 && { ancestors: open.ancestors }),
      at: open.at,
    });
    this.cutInside = open.dangling;
  }

  /** The same for a goroutine with nothing unusual, made without the cost of copying. */
  addPlainGoroutine(
    id: number,
    details: HeaderDetails,
    frames: readonly Frame[],
    createdBy: CreatedBy | undefined,
    start: number,
    end: number,
  ): void {
    this.goroutineCount++;
    this.cutInside = false;
    if (this.goroutines.length >= MAX_GOROUTINES) return;
    const { state, lockedToThread } = details;
    const at = { start, end };
    if (!isPlain(details)) {
      this.goroutines.push({ id, ...details, frames, ...(createdBy && { createdBy }), at });
    } else if (createdBy) {
      this.goroutines.push({ id, state, lockedToThread, frames, createdBy, at });
    } else this.goroutines.push({ id, state, lockedToThread, frames, at });
  }

  /** True once something proves that more than a header was seen. */
  get hasBody(): boolean {
    return this.goroutines.length > 0 || this.race !== undefined || this.runtimeStack !== undefined;
  }

  /** The report, or undefined when the text turned out to be no crash. */
  finish(): CrashReport | undefined {
    const kind = this.kind();
    if (kind === "exit-status") this.takeFatalLog();
    if (this.leaked) this.headerByRuntime = true;
    if (kind === undefined || (this.doubtful && !this.hasBody && !this.signal && !this.exit))
      return undefined;
    if (kind === "panic" && this.panics.length === 0) this.takeLoggedValue();
    else if (this.panics.length === 0 && !this.fatal && !this.headerByRuntime) this.header = "";
    this.nameTest();
    const faulting = kind === "goroutine-dump" || kind === "race" ? undefined : this.faultingIndex();
    if (faulting !== undefined) {
      const frames = kind === "panic" ? carriedFrames(this.panics[0]?.value) : undefined;
      this.goroutines[faulting] = {
        ...this.goroutines[faulting]!,
        ...(frames && { frames }),
        faulting: true,
      };
    }
    const report: Mutable<CrashReport> = {
      kind,
      header: this.header,
      recovered: this.isRecovered(),
      panics: this.panics,
      ...(this.fatal && { fatal: this.fatal }),
      ...(this.signal && { signal: this.signal }),
      runtimeLines: this.runtimeLines,
      goroutines: this.goroutines,
      goroutineCount: this.goroutineCount,
      ...(this.runtimeStack && { runtimeStack: this.runtimeStack }),
      ...(this.registers && { registers: this.registers }),
      ...(this.race && { race: this.race }),
      nativeLines: this.nativeLines,
      ...(Object.keys(this.test).length > 0 && { test: this.test }),
      ...(this.serving && { serving: this.serving }),
      ...(this.exit && { exit: this.exit }),
      compiler: this.gccgo ? "gccgo" : "gc",
      wrappers: this.wrappers,
      completeness: this.completeness(kind),
      at: { start: this.start, end: this.end },
      lines: { first: this.firstLine, last: this.lastLine },
      fingerprint: "",
    };
    const hints = versionHints(report);
    if (hints) report.goVersion = hints;
    report.fingerprint = fingerprint(report);
    return report;
  }

  /** Where `go test` printed no name, the function that testing.tRunner called tells it. */
  private nameTest(): void {
    if (this.test.name !== undefined) return;
    const stacks = this.race
      ? [...this.race.accesses, ...this.race.creations].map((part) => part.frames)
      : [this.goroutines[0]?.frames ?? []];
    for (const frames of stacks) {
      const runner = frames.findIndex((frame) => frame.function === "testing.tRunner");
      const name = runner > 0 ? /\.((?:Test|Fuzz|Example)\w*)/.exec(frames[runner - 1]!.function) : null;
      if (name) {
        this.test.name = name[1]!;
        return;
      }
    }
  }

  /** The loggers' Fatal prints the stacks itself before it ends the process. */
  private takeFatalLog(): void {
    const said = this.fatalLog;
    if (!said || this.header !== "") return;
    this.header = said.text.trim();
    this.headerByRuntime = true;
    if (this.exit) this.exit = { ...this.exit, logged: "fatal" };
    this.reachBack(said.at, said.number);
  }

  private takeLoggedValue(): void {
    const logged = this.loggedValue;
    if (logged && logged.value !== "") this.panics.push(parsePanicValue(logged.value, logged.at));
  }

  private kind(): CrashKind | undefined {
    if (this.race) return "race";
    const value = this.panics[0]?.value;
    if (value !== undefined) return value.startsWith("test timed out after ") ? "test-timeout" : "panic";
    if (this.fatal) return "fatal";
    if (this.signal?.name === "SIGQUIT") return "goroutine-dump";
    if (this.signal) return this.headerLost && this.raisedByGo() ? "panic" : "signal";
    if (this.goroutines.length > 0) return this.headlessKind();
    return this.exit || this.notStarted ? "exit-status" : undefined;
  }

  /** Goroutines without any header: a crash whose head was cut, a dump, or a stack that was only logged. */
  private headlessKind(): CrashKind | undefined {
    const first = this.goroutines[0]!;
    if (this.leaked) return "goroutine-dump";
    if (first.frames.some(isPanicFrame)) return "panic";
    const top = first.frames[0];
    if (top !== undefined && isLogger(top) && first.frames.some(isFatalCall)) return "exit-status";
    // Who prints the stacks is running meanwhile, or stands first.
    const own = this.goroutines.findIndex(
      (goroutine, index) => (index === 0 || goroutine.state === "running") && goroutine.frames.some(isDumper),
    );
    if (own >= 0 || (top !== undefined && isLogger(top))) {
      return this.goroutines.length > 1 ? "goroutine-dump" : undefined;
    }
    if (this.logged && this.goroutines.length === 1) return undefined;
    const running = first.state === "running" || first.state === "syscall" || first.state === "";
    if (running && (this.ended || this.exit?.status === 2 || this.goroutines.length === 1)) return "panic";
    return this.goroutines.length > 1 || this.ended ? "goroutine-dump" : undefined;
  }

  /** A signal that Go's own code raised became a panic, unless the runtime threw: then its frames stand on top. */
  private raisedByGo(): boolean {
    const first = this.goroutines[0];
    if (!first || this.runtimeStack || this.signal?.inCgo) return false;
    return !first.frames.some(({ function: name }) =>
      /^runtime\.(?:throw|fatal|cgocall|asmcgocall)$/.test(name),
    );
  }

  /** Index of the goroutine that failed: the first one, or the one behind the scheduler's `goroutine 0`. */
  private faultingIndex(): number | undefined {
    if (this.goroutines.length === 0) return undefined;
    if (this.goroutines[0]!.id === 0 && this.goroutines.length > 1) {
      const at = this.goroutines.findIndex((goroutine) => goroutine.id !== 0);
      return Math.max(at, 0);
    }
    return 0;
  }

  private isRecovered(): boolean {
    if (this.race || this.fatal) return false;
    if (this.serving || this.caught) return true;
    const first = this.goroutines[this.faultingIndex() ?? 0];
    if (!first) return false;
    const panicAt = first.frames.findIndex(isPanicFrame);
    return panicAt > 0 && first.frames.slice(0, panicAt).some((frame) => isDumper(frame) || isServer(frame));
  }

  private completeness(kind: CrashKind): Completeness {
    if (kind === "exit-status") return "whole";
    const head = this.header === "" && (kind !== "goroutine-dump" || this.beginsInside());
    const tail = this.tailIsCut(kind);
    if (head) return tail ? "cut-both" : "cut-head";
    return tail ? "cut-tail" : "whole";
  }

  /** A dump on request begins with a goroutine header, and its headers name no threads: those of a crash do. */
  private beginsInside(): boolean {
    const first = this.goroutines[0];
    return first !== undefined && (first.gp !== undefined || (first.id === 0 && first.state === ""));
  }

  private tailIsCut(kind: CrashKind): boolean {
    if (kind === "race") return this.cutInside;
    const last = this.goroutines[this.goroutines.length - 1];
    if (!last) return true;
    return this.cutInside || !(this.ended || reachesRoot(last));
  }
}

function isPlain(details: HeaderDetails): boolean {
  return (
    details.gp === undefined &&
    details.m === undefined &&
    details.mp === undefined &&
    details.waitMinutes === undefined &&
    details.flags === undefined &&
    details.bubble === undefined &&
    details.labels === undefined
  );
}

/** True when a stack ends where stacks end: at its creator, at main, at an init, or at the C side of a callback. */
function reachesRoot(goroutine: Goroutine): boolean {
  if (goroutine.createdBy || goroutine.ancestors) return true;
  const last = goroutine.frames[goroutine.frames.length - 1];
  if (!last) return goroutine.id === 0 || goroutine.elided !== undefined;
  if (last.native || goroutine.id === 0) return true;
  return /^main\.main$|^main\.TestMain$|^runtime\.(?:main|goexit|mstart|rt0_go|asmcgocall|cgocallback)|\.init(?:\.\d+)?(?:\.func\d+)?$|\.init\.ializers$|\.map\.init\.\d+$|^_cgoexp_|^main\.\S+$|^created by/.test(
    last.function,
  )
    ? goroutine.id <= 1 || !/^main\.\S+$/.test(last.function) || last.function === "main.main"
    : isStandardLibrary(last) && goroutine.id !== 1;
}

/** `panic(...)`, printed where a deferred call runs during a panic. */
function isPanicFrame(frame: Frame): boolean {
  return (
    frame.function === "panic" ||
    frame.function === "runtime.gopanic" ||
    frame.function === "runtime.sigpanic" ||
    frame.function === "runtime.panicmem"
  );
}

function isDumper(frame: Frame): boolean {
  return (
    frame.function === "runtime/debug.Stack" ||
    frame.function === "runtime/debug.PrintStack" ||
    frame.function === "runtime.Stack" ||
    frame.function.startsWith("runtime/pprof.")
  );
}

/** The servers that recover from a handler's panic and print its stack. */
function isServer({ function: name }: Frame): boolean {
  return /^(?:net\/http\.\(\*conn\)\.serve|(?:net\/http|golang\.org\/x\/net\/http2)\.\(\*(?:http2)?serverConn\)\.runHandler)\.func1$/.test(
    name,
  );
}

/** glog and its kin print stacks of healthy goroutines on request, and of all of them on Fatal. */
function isLogger(frame: Frame): boolean {
  return /(?:^|\/)(?:glog|klog(?:\/v2)?)(?:\/internal\/\w+)?\.(?:[sS]tacks|dumpGoroutines|\(\*loggingT\)|Fatal|fatalf?|ctxfatalf)/.test(
    frame.function,
  );
}

/** A logger's function that does not return. */
function isFatalCall(frame: Frame): boolean {
  return /(?:^|\/)(?:glog|klog(?:\/v2)?)\.(?:\w+\.)?Fatal\w*$/.test(frame.function);
}
