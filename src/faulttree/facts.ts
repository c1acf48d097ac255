/** A report and its surroundings, with what several conditions ask for worked out once. */
import { isUserFrame } from "../trace/packages.ts";
import type { ByteRange, CrashReport, Frame, Goroutine, Signal } from "../trace/report.ts";
import type { DiagnosisContext } from "./diagnosis.ts";
import { faultingStack, locate, originFrames, type Place, type Stack, tellingStack } from "./locate.ts";

/** The source file at the location, split into lines. */
export interface SourceText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** Goroutines of equal state, wait, creator and frames. */
export interface GoroutineKind {
  readonly sample: Goroutine;
  readonly count: number;
}

export class Facts {
  readonly faulting: Stack | undefined;
  readonly telling: Stack | undefined;
  readonly place: Place | undefined;
  /** Whether goroutines exist that the text does not show, as far as one can tell. */
  readonly hidesGoroutines: boolean;
  private sourceRead: SourceText | false | undefined;
  private lines: readonly string[] | undefined;
  private kinds: readonly GoroutineKind[] | undefined;
  private distinct: readonly Frame[] | undefined;

  constructor(
    readonly report: CrashReport,
    readonly context: DiagnosisContext,
    /** The last panic of the chain is the one in question, not the first. */
    private readonly newest = false,
  ) {
    this.faulting = faultingStack(report);
    this.telling = tellingStack(report);
    this.place = locate(report, this.telling, newest);
    // An unrecovered panic prints its own goroutine alone unless GOTRACEBACK says otherwise; a fatal error
    // and a signal print all of them (runtime/panic.go, dopanic_m and gotraceback).
    this.hidesGoroutines =
      report.completeness === "cut-tail" ||
      report.completeness === "cut-both" ||
      report.goroutineCount > report.goroutines.length ||
      report.goroutines.length === 0 ||
      (report.kind === "panic" && report.goroutines.length === 1);
  }

  /**
   * These facts for a failure shown at `at`. Where a deferred call failed while another panic was on its way
   * up, both are printed, and the one in question decides the place. A panic that was recovered first and then
   * raised again, as it was or in other words, is one failure.
   */
  about(at: ByteRange | undefined): Facts {
    const { panics } = this.report;
    const last = panics.at(-1);
    if (!at || !last || panics.length < 2 || last.at.start !== at.start) return this;
    if (panics.some(({ recovered, repanicked }) => recovered || repanicked)) return this;
    return new Facts(this.report, this.context, true);
  }

  /** Whether frames of the faulting goroutine may be missing from the text. */
  get hidesFrames(): boolean {
    if (this.report.completeness !== "whole") return true;
    if (this.report.goroutines.length === 0 && !this.report.race) return true;
    return this.report.goroutines.some(({ faulting, elided }) => faulting && elided !== undefined);
  }

  /** Stacks a condition on the faulting goroutine looks at: usually one. */
  get faultingStacks(): readonly Stack[] {
    if (!this.faulting) return this.telling ? [this.telling] : [];
    if (!this.telling || this.telling === this.faulting) return [this.faulting];
    return [this.telling, this.faulting];
  }

  get otherStacks(): readonly Stack[] {
    const { race, goroutines } = this.report;
    const all: readonly Stack[] = race ? [...race.accesses, ...race.creations] : goroutines;
    const own = this.faultingStacks;
    return all.filter((stack) => !own.includes(stack));
  }

  get allStacks(): readonly Stack[] {
    const { race, goroutines } = this.report;
    return race ? [...race.accesses, ...race.creations, ...goroutines] : goroutines;
  }

  /** Every different frame of the report: goroutines share theirs, so a huge dump has few. */
  get frames(): readonly Frame[] {
    if (!this.distinct) {
      const seen = new Set<Frame>();
      for (const stack of this.allStacks) for (const frame of stack.frames) seen.add(frame);
      this.distinct = [...seen];
    }
    return this.distinct;
  }

  /** Goroutines no condition can tell apart, in order of appearance: a dump of 100,000 has a few hundred kinds. */
  get goroutineKinds(): readonly GoroutineKind[] {
    this.kinds ??= kindsOf(this.report.goroutines);
    return this.kinds;
  }

  /** The frames from the failure down. */
  origin(frames: readonly Frame[]): readonly Frame[] {
    return originFrames(this.report, frames, this.newest);
  }

  /** Index of the first user frame of a stack, as written or as the origin of a raised-again panic. -1 if none. */
  topUser(stack: Stack): number {
    const origin = this.origin(stack.frames);
    const from = stack.frames.length - origin.length;
    const index = origin.findIndex(isUserFrame);
    return index < 0 ? -1 : from + index;
  }

  /** The source file of the location; undefined when it is not at hand. */
  get source(): SourceText | undefined {
    if (this.sourceRead === undefined) {
      const frame = this.place?.frame;
      const found = frame?.file !== undefined && this.context.source?.find(frame.file, frame.function);
      this.sourceRead = found ? { path: found.path, lines: found.text.split(/\r?\n/) } : false;
    }
    return this.sourceRead || undefined;
  }

  /** The crash text by lines: the caller's where given, else as the report's parts make it up. */
  get textLines(): readonly string[] {
    this.lines ??= this.context.text?.split(/\r?\n/) ?? [...linesOf(this.report, this.frames)];
    return this.lines;
  }
}

function kindsOf(goroutines: readonly Goroutine[]): GoroutineKind[] {
  const frameIds = new Map<Frame, number>();
  const kinds = new Map<string, { sample: Goroutine; count: number }>();
  for (const goroutine of goroutines) {
    let key = `${goroutine.state}\n${goroutine.flags}\n${goroutine.waitMinutes}\n${goroutine.createdBy?.function}`;
    for (const frame of goroutine.frames) {
      let id = frameIds.get(frame);
      if (id === undefined) {
        id = frameIds.size;
        frameIds.set(frame, id);
      }
      key += `,${id}`;
    }
    const kind = kinds.get(key);
    if (kind) kind.count++;
    else kinds.set(key, { sample: goroutine, count: 1 });
  }
  return [...kinds.values()];
}

/** The lines a report is made of, each once: a dump of 100,000 goroutines repeats a few stacks. */
function* linesOf(report: CrashReport, frames: readonly Frame[]): Generator<string> {
  yield* report.nativeLines.map(({ text }) => text);
  yield* report.runtimeLines;
  if (report.header) yield report.header;
  for (const { value } of report.panics) yield* `panic: ${value}`.split("\n");
  if (report.fatal) yield `fatal error: ${report.fatal.message}`;
  if (report.signal) yield signalLine(report.signal);
  const seen = new Set<string>();
  for (const { state, id, lockedToThread, createdBy } of report.goroutines) {
    const brackets = lockedToThread ? `${state}, locked to thread` : state;
    if (!seen.has(brackets)) yield `goroutine ${id} [${brackets}]:`;
    seen.add(brackets);
    const created = createdBy && `created by ${createdBy.function}`;
    if (created && !seen.has(created)) yield created;
    if (created) seen.add(created);
  }
  yield* frameLines(frames);
  if (report.runtimeStack) yield* frameLines(report.runtimeStack);
  if (report.exit) yield report.exit.text;
}

/** As printed after a panic, or the `PC=` line of a signal in native code. */
function signalLine({ name, description, code, addr, pc, m, sigcode }: Signal): string {
  const words = (pairs: readonly (readonly [string, string | number | undefined])[]) =>
    pairs.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])).join(" ");
  if (code !== undefined) {
    return `[signal ${name}: ${description ?? ""} ${words([
      ["code", code],
      ["addr", addr],
      ["pc", pc],
    ])}]`;
  }
  return words([
    ["PC", pc],
    ["m", m],
    ["sigcode", sigcode],
    ["addr", addr],
  ]);
}

function* frameLines(frames: readonly Frame[]): Generator<string> {
  for (const frame of frames) {
    yield frame.inlined || frame.args !== undefined
      ? `${frame.function}(${frame.args ?? "..."})`
      : frame.function;
    if (frame.file !== undefined) yield `\t${frame.file}:${frame.line ?? 0}`;
  }
}
