/** Finds where to look first: the goroutine, the frame in it, or the native line. */
import { isUserFrame } from "../trace/packages.ts";
import type { CrashReport, Frame, NativeLine } from "../trace/report.ts";

/** A goroutine, or the stack of a race's access, reduced to what conditions ask about. */
export interface Stack {
  readonly frames: readonly Frame[];
  readonly createdBy?: Frame;
}

export interface Place {
  readonly basis: "user" | "native" | "runtime" | "created-by";
  readonly frame?: Frame;
  readonly native?: NativeLine;
}

/** What the rest of the engine calls faulting: of a race the first access, of a dump nothing. */
export function faultingStack(report: CrashReport): Stack | undefined {
  if (report.race) return report.race.accesses[0];
  return report.goroutines.find((goroutine) => goroutine.faulting);
}

/**
 * The stack that tells most about the failure. It differs from the faulting goroutine where Go reports on
 * behalf of another one: a test timeout, a deadlock, a signal taken by a thread without Go code.
 */
export function tellingStack(report: CrashReport): Stack | undefined {
  const faulting = faultingStack(report);
  if (report.kind === "test-timeout") return timedOutTest(report) ?? faulting;
  if (report.kind === "goroutine-dump" && !faulting) return crowdedStack(report);
  if (faulting?.frames.some(isUserFrame)) return faulting;
  if (report.kind === "signal" || report.signal?.inCgo)
    return systemStack(report) ?? callerIntoC(report) ?? faulting;
  if (report.fatal?.message.includes("deadlock")) return blocked(report) ?? faulting;
  return faulting ?? report.goroutines[0];
}

/** The goroutine of the test that ran last, by the name `running tests:` gives. */
function timedOutTest(report: CrashReport): Stack | undefined {
  const tests = report.goroutines.filter(
    ({ frames }) =>
      frames.some(({ function: name }) => name === "testing.tRunner") &&
      !frames.some(({ function: name }) => name === "testing.(*T).Run" || name === "testing.(*T).Parallel"),
  );
  const running = report.test?.running?.at(-1) ?? report.test?.name;
  const name = running?.split(/[\s/(]/, 1)[0];
  const named = name && tests.find(({ frames }) => frames.some((frame) => lastName(frame).startsWith(name)));
  return named || tests.find(({ frames }) => frames.some(isUserFrame)) || tests[0];
}

function lastName(frame: Frame): string {
  return frame.function.slice(frame.package.length + 1);
}

/** The stack most goroutines share, runtime and library goroutines left out. Ties go to the first. */
function crowdedStack(report: CrashReport): Stack | undefined {
  const counts = new Map<string, { stack: Stack; count: number }>();
  for (const goroutine of report.goroutines) {
    const top = goroutine.frames.find(isUserFrame);
    if (!top) continue;
    // Not by identity: a signal's dump prints fp= and sp= with every frame, and arguments differ anyway.
    const place = `${top.function} ${top.file}:${top.line}`;
    const known = counts.get(place);
    if (known) known.count++;
    else counts.set(place, { stack: goroutine, count: 1 });
  }
  let best: { stack: Stack; count: number } | undefined;
  for (const entry of counts.values()) if (!best || entry.count > best.count) best = entry;
  return best?.stack ?? report.goroutines[0];
}

/** Goroutine 0 of a signal, where it stands in the runtime's own code: a collector at work, an allocation. */
function systemStack({ goroutines, signal }: CrashReport): Stack | undefined {
  if (!signal || signal.inCgo) return undefined;
  return goroutines.find(
    ({ id, m, frames }) =>
      id === 0 &&
      m === signal.m &&
      frames[0]?.package === "runtime" &&
      !frames.some(({ function: name }) => isCgoCall(name)),
  );
}

function callerIntoC(report: CrashReport): Stack | undefined {
  const thread = report.signal?.m;
  const inC = report.goroutines.filter(({ frames }) => frames.some(({ function: name }) => isCgoCall(name)));
  return inC.find(({ m }) => m !== undefined && m === thread) ?? inC.find(hasUserFrame);
}

function isCgoCall(name: string): boolean {
  return (
    name === "runtime.cgocall" || name === "runtime.asmcgocall" || name.startsWith("runtime.cgocallback")
  );
}

function hasUserFrame({ frames }: Stack): boolean {
  return frames.some(isUserFrame);
}

function blocked(report: CrashReport): Stack | undefined {
  return (
    report.goroutines.find(({ id, frames }) => id === 1 && frames.some(isUserFrame)) ??
    report.goroutines.find(hasUserFrame)
  );
}

/**
 * The frames from the origin of the failure down. A panic that was recovered and raised again shows the
 * handlers above the deepest `panic(`; what failed stands below it. With `newest`, the last panic is meant, which
 * a deferred call met while the first was on its way up.
 */
export function originFrames(
  report: CrashReport,
  frames: readonly Frame[],
  newest = false,
): readonly Frame[] {
  if (newest || report.kind === "fatal" || report.kind === "signal" || report.kind === "race") return frames;
  for (let i = frames.length - 1; i >= 0; i--) {
    const frame = frames[i]!;
    if (frame.function !== "panic" && frame.function !== "runtime.gopanic") continue;
    const origin = frames.slice(i + 1);
    return origin.some(isUserFrame) ? origin : frames;
  }
  return frames;
}

/** The place to look at first in a stack. Undefined where the report has neither frame nor native line. */
export function locate(report: CrashReport, stack: Stack | undefined, newest = false): Place | undefined {
  const frames = originFrames(report, stack?.frames ?? [], newest);
  const index = firstPlace(frames);
  if (index >= 0) return { basis: "user", frame: frames[callerOfChecker(report, frames, index)]! };
  const native = report.nativeLines.at(-1);
  if (native && (report.kind === "signal" || report.kind === "exit-status"))
    return { basis: "native", native };
  if (stack?.createdBy && isUserFrame(stack.createdBy))
    return { basis: "created-by", frame: stack.createdBy };
  const nativeFrame = frames.find((frame) => frame.native && frame.file !== undefined);
  if (nativeFrame) return { basis: "native", frame: nativeFrame };
  const any = frames[0] ?? report.runtimeStack?.[0];
  if (any) return { basis: "runtime", frame: any };
  return native && { basis: "native", native };
}

/** First user frame with a line somebody wrote; a generated method wrapper only where nothing else is. */
function firstPlace(frames: readonly Frame[]): number {
  const written = frames.findIndex((frame) => isUserFrame(frame) && frame.file !== "<autogenerated>");
  return written >= 0 ? written : frames.findIndex(isUserFrame);
}

/** How far up a library's own check may stand: `MustRegister` and one or two helpers below it. */
const checkerDepth = 5;

/**
 * A library that panics on purpose, such as a logger's Panic or MustRegister, reports its caller's mistake:
 * then the caller's line is the one to read. A runtime error inside a library stays where it is.
 */
function callerOfChecker(report: CrashReport, frames: readonly Frame[], index: number): number {
  const onPurpose = report.kind === "panic" || report.kind === "exit-status";
  if (isRefusedBody(report, frames[index]!)) return nextUser(frames, index);
  if (waits(report)) return isLibrary(frames[index]!) ? ownCode(frames, index) : index;
  if (!onPurpose || !(isLibrary(frames[index]!) || isChecker(report, frames[index]!))) return index;
  if (report.signal || report.panics.some(({ value }) => value.startsWith("runtime error: "))) return index;
  for (let i = index + 1; i < frames.length && i <= index + checkerDepth; i++) {
    if (isUserFrame(frames[i]!) && !isLibrary(frames[i]!)) return i;
  }
  return index;
}

/** The loop's body refused to run again; the iterator that called it stands below. */
function isRefusedBody(report: CrashReport, { function: name }: Frame): boolean {
  return /-range\d+$/.test(name) && report.panics.some(({ value }) => value.includes("range function "));
}

function nextUser(frames: readonly Frame[], index: number): number {
  const next = frames.findIndex((frame, at) => at > index && isUserFrame(frame));
  return next < 0 ? index : next;
}

/** Nothing failed in the frame itself: it waits, for what its caller is to answer. */
function waits(report: CrashReport): boolean {
  if (report.kind === "test-timeout" || report.kind === "goroutine-dump") return true;
  return report.fatal?.message.includes("deadlock") === true;
}

/** The first frame below that is no library's; a goroutine all of a library's own keeps its frame. */
function ownCode(frames: readonly Frame[], index: number): number {
  const own = frames.findIndex((frame, at) => at > index && isUserFrame(frame) && !isLibrary(frame));
  return own < 0 ? index : own;
}

const CHECKER =
  /\.(?:must|check|assert|require|ensure|panic(?:If|On)|die(?:If|On)?)(?:Err|Error|NoErr|NoError|OK|True)?[\df]?(?:\[\.\.\.\])?$/i;

/** `must(err)`, `check(err)`: what they panic with was told by their caller; that it was nothing is their own fault. */
function isChecker({ panics }: CrashReport, { function: name }: Frame): boolean {
  return CHECKER.test(name) && !panics.some(({ value }) => value.startsWith("panic called with nil"));
}

/** Code of a dependency, by its path in the module cache, a -trimpath name, or a vendor folder. */
export function isLibrary(frame: Frame): boolean {
  return frame.file !== undefined && /@v\d|[\\/]pkg[\\/]mod[\\/]|(?:^|[\\/])vendor[\\/]/.test(frame.file);
}
