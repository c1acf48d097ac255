/** Finds goroutines that stay: by their shape, their age, and their growth from sample to sample. Pure. */
import type { Language, SourceReader } from "../faulttree/diagnosis.ts";
import type { Goroutine } from "../trace/index.ts";
import { type Finding, found } from "./finding.ts";
import type { Group, Sample } from "./goroutine-sample.ts";
import { goroutineWords } from "./messages/goroutines.ts";
import {
  HTTP2_HANDLER,
  HTTP2_IDLE,
  HTTP2_READER,
  HTTP2_SERVE,
  packageOf,
  SHAPES,
  type Shape,
  TICKER,
  userFrame,
} from "./shapes.ts";

export interface LeakOptions {
  /** Seconds from which on a wait is old. */
  readonly older: number;
  /** Goroutines of one shape from which on they are worth telling. */
  readonly least: number;
  readonly language: Language;
  /** To tell a ticker from another channel, which no stack shows. */
  readonly source?: SourceReader;
}

/** A sample and when it was taken, in seconds from the first; undefined where nobody knows. */
export interface TimedSample {
  readonly sample: Sample;
  readonly at: number | undefined;
}

/** Goroutines of one shape in the last sample. */
interface Crowd {
  readonly shape: Shape;
  readonly groups: readonly Group[];
  readonly count: number;
  /** Of these the wait is proven to be longer than `older`. */
  readonly old: number;
  readonly how: { readonly minutes: number; readonly samples: number; readonly marked: number };
  /** Count in each sample. */
  readonly counts: readonly number[];
}

/** Groups that `proven` holds already, all of their goroutines, are left out. */
export function findLeaks(samples: readonly TimedSample[], options: LeakOptions, proven?: Sample): Finding[] {
  const last = samples.at(-1)!;
  const ages = new Ages(samples, options.older);
  const crowds = crowdsOf(last.sample, options).map(({ shape, groups, members }): Crowd => {
    const count = members?.length ?? sum(groups.map((group) => group.count));
    const proven = ages.prove(groups, members);
    return { shape, groups, count, ...proven, counts: samples.map((s) => countIn(s.sample, shape, options)) };
  });
  const open = crowds.filter((crowd) => !isProven(crowd, proven));
  return [
    ...open.flatMap((crowd) => judge(crowd, samples, options)),
    ...otherGrowth(samples, crowds, options),
  ];
}

function isProven({ shape, groups, count }: Crowd, proven: Sample | undefined): boolean {
  // Only the dump tells a nil channel from another.
  if (!proven || shape.wrong === "always") return false;
  // Profiles leave out the wrappers that `go f(x)` is compiled to.
  const stack = ({ frames }: Group) =>
    frames
      .filter((f) => !/\.gowrap\d+$/.test(f.function))
      .map((f) => `${f.function} ${f.line ?? 0}`)
      .join("\n");
  const known = new Map(proven.groups.map((group) => [stack(group), group.count]));
  return count <= sum(groups.map((group) => known.get(stack(group)) ?? 0));
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

interface Gathered {
  readonly shape: Shape;
  readonly groups: readonly Group[];
  /** Where only some goroutines of the groups are meant. */
  readonly members?: readonly Goroutine[];
}

function crowdsOf(sample: Sample, options: LeakOptions): Gathered[] {
  const byShape = new Map<Shape, Group[]>();
  const idle = idleHttp2(sample);
  for (const group of sample.groups) {
    if (group.frames.some(({ function: name }) => HTTP2_READER.test(name) || HTTP2_SERVE.test(name)))
      continue;
    const shape = shapeOf(group, options);
    if (!shape) continue;
    const same = byShape.get(shape);
    if (same) same.push(group);
    else byShape.set(shape, [group]);
  }
  return [...(idle ? [idle] : []), ...[...byShape].map(([shape, groups]) => ({ shape, groups }))];
}

function shapeOf(group: Group, options: LeakOptions): Shape | undefined {
  const shape = SHAPES.find((known) => known.matches(group));
  return shape?.wrong === "weak" && isTicker(group, options.source) ? TICKER : shape;
}

const TICKER_MADE = /\btime\.(?:NewTicker|Tick)\(/;
const LINES_ABOVE = 12;

function isTicker(group: Group, source: SourceReader | undefined): boolean {
  const frame = userFrame(group);
  if (!source || frame?.file === undefined || frame.line === undefined) return false;
  const lines = source.find(frame.file, frame.function)?.text.split("\n") ?? [];
  return TICKER_MADE.test(lines.slice(Math.max(0, frame.line - LINES_ABOVE), frame.line).join("\n"));
}

/**
 * A connection has a reader, whose creator serves it; a request in work adds a handler that the same goroutine created.
 * Idle: a reader that waits for input, and no handler. Without creators (profiles) no handler may be there at all.
 */
function idleHttp2(sample: Sample): Gathered | undefined {
  const groups = sample.groups.filter(
    (g) => g.state === "IO wait" && g.frames.some((f) => HTTP2_READER.test(f.function)),
  );
  if (groups.length === 0) return undefined;
  const handlers = sample.groups.filter((g) => g.frames.some((f) => HTTP2_HANDLER.test(f.function)));
  if (!sample.detailed) return handlers.length === 0 ? { shape: HTTP2_IDLE, groups } : undefined;
  const busy = new Set(handlers.flatMap((g) => g.goroutines.map((one) => one.createdBy?.goroutine)));
  const members = groups.flatMap((g) => g.goroutines).filter((one) => !busy.has(one.createdBy?.goroutine));
  return members.length > 0 ? { shape: HTTP2_IDLE, groups, members } : undefined;
}

function countIn(sample: Sample, shape: Shape, options: LeakOptions): number {
  const crowd = crowdsOf(sample, options).find((c) => c.shape === shape);
  return crowd ? (crowd.members?.length ?? sum(crowd.groups.map((g) => g.count))) : 0;
}

/** What proves an age: minutes the runtime printed, or that a goroutine stood there in an earlier sample too. */
class Ages {
  /** Place of each goroutine in every earlier sample that is long enough ago. */
  private readonly before: ReadonlyMap<number, string> | undefined;

  constructor(
    samples: readonly TimedSample[],
    private readonly older: number,
  ) {
    const last = samples.at(-1)!;
    const earlier = samples.filter(
      (s) => s !== last && s.at !== undefined && last.at !== undefined && last.at - s.at >= older,
    );
    // The latest that is old enough: the fewest goroutines are lost that came since.
    const base = earlier.at(-1);
    if (!base?.sample.detailed) return;
    this.before = new Map(
      base.sample.groups.flatMap((g) => g.goroutines.map((one) => [one.id, g.key] as const)),
    );
  }

  prove(groups: readonly Group[], members?: readonly Goroutine[]): Pick<Crowd, "old" | "how"> {
    const only = members && new Set(members);
    const how = { minutes: 0, samples: 0, marked: 0 };
    for (const group of groups) {
      for (const one of group.goroutines) {
        if (only && !only.has(one)) continue;
        // The dump of Go 1.27 marks what its leak profile found before.
        if (one.flags?.includes("leaked")) how.marked++;
        // "N minutes" is rounded down: N of 60 s each have passed at least.
        else if ((one.waitMinutes ?? 0) * 60 >= this.older && one.waitMinutes !== undefined) how.minutes++;
        else if (this.before?.get(one.id) === group.key) how.samples++;
      }
    }
    return { old: how.minutes + how.samples + how.marked, how };
  }
}

/** Growth that is no chance: in no step fewer, at the end a fifth and five more. */
function grew(counts: readonly number[]): boolean {
  const first = counts[0] ?? 0;
  const last = counts.at(-1) ?? 0;
  return (
    counts.length > 1 &&
    counts.every((n, i) => i === 0 || n >= counts[i - 1]!) &&
    last - first >= Math.max(5, first / 5)
  );
}

function judge(crowd: Crowd, samples: readonly TimedSample[], options: LeakOptions): Finding[] {
  const { shape, count, old, counts } = crowd;
  const w = goroutineWords(options.language);
  const words = w.shapes[shape.id];
  const least = Math.max(1, Math.min(shape.least ?? options.least, options.least));
  const growing = grew(counts);
  if (count < least && !growing) return [];
  const more = {
    ...(shape.cause !== undefined && { cause: shape.cause }),
    lines: stackLines(crowd.groups),
    data: {
      count,
      old,
      byMinutes: crowd.how.minutes,
      bySamples: crowd.how.samples,
      older: options.older,
      counts,
    },
  };
  const seconds = elapsed(samples);
  const why = [words.why, ageWords(crowd, options, seconds), growing ? w.grew(counts, seconds) : ""]
    .filter(Boolean)
    .join(" ");
  const say = (title: string) => ({ title, why, todo: words.todo });
  const id = `goroutines-${shape.id}`;
  if (crowd.how.marked > 0) return [found(id, "bad", say(w.leak(count, words.what)), more)];
  if (shape.wrong === "always") return [found(id, "bad", say(w.leak(count, words.what)), more)];
  if (old >= least && (shape.wrong === "aged" || growing))
    return [found(id, "bad", say(w.leakOlder(old, words.what, options.older)), more)];
  if (growing) return [found(id, "bad", say(w.leakGrowing(counts[0]!, count, words.what)), more)];
  if (old >= least) return [found(id, "doubtful", say(w.manyOlder(old, words.what, options.older)), more)];
  return [found(id, "doubtful", say(w.many(count, words.what)), more)];
}

function elapsed(samples: readonly TimedSample[]): number | undefined {
  const [first, last] = [samples[0]?.at, samples.at(-1)?.at];
  return samples.length > 1 && first !== undefined && last !== undefined ? last - first : undefined;
}

function ageWords(
  { old, how, count }: Crowd,
  { older, language }: LeakOptions,
  seconds: number | undefined,
): string {
  const w = goroutineWords(language);
  const said: string[] = [];
  if (how.marked > 0) said.push(w.marked(how.marked));
  if (how.minutes > 0) said.push(w.provenByMinutes(how.minutes));
  if (how.samples > 0) said.push(w.provenBySamples(how.samples, seconds ?? older));
  if (old > 0 && old < count) said.push(w.rest(count - old));
  return said.join(" ");
}

const FRAMES_SHOWN = 4;

/** What every reader and every lock passes through: it says nothing of who waits. */
const PLUMBING = new Set([
  "runtime",
  "internal/poll",
  "net",
  "crypto/tls",
  "bufio",
  "bytes",
  "io",
  "sync",
  "internal/sync",
]);

/** The largest group's stack where it tells something, and where it was started. */
function stackLines(groups: readonly Group[]): string[] {
  const group = [...groups].sort((a, b) => b.count - a.count)[0]!;
  const from = group.frames.findIndex((frame) => !PLUMBING.has(packageOf(frame.function)));
  // A library's own goroutine is known by its outermost functions.
  const shown = userFrame(group) ? group.frames.slice(from, from + FRAMES_SHOWN) : group.frames.slice(-2);
  const lines = shown.map((f) => `${f.function}${f.file === undefined ? "" : ` ${f.file}:${f.line ?? 0}`}`);
  const creator = group.goroutines[0]?.createdBy;
  if (creator)
    lines.push(
      `created by ${creator.function}${creator.file === undefined ? "" : ` ${creator.file}:${creator.line ?? 0}`}`,
    );
  return lines;
}

/** Stacks of no known shape that became more. */
function otherGrowth(
  samples: readonly TimedSample[],
  crowds: readonly Crowd[],
  options: LeakOptions,
): Finding[] {
  if (samples.length < 2) return [];
  const w = goroutineWords(options.language);
  const known = new Set(crowds.flatMap((crowd) => crowd.groups.map((group) => group.key)));
  const before = samples.map(({ sample }) => new Map(sample.groups.map((g) => [g.key, g.count])));
  return samples.at(-1)!.sample.groups.flatMap((group): Finding[] => {
    if (known.has(group.key) || group.frames.some((f) => HTTP2_SERVE.test(f.function))) return [];
    const counts = before.map((counts) => counts.get(group.key) ?? 0);
    if (!grew(counts) || group.count < options.least) return [];
    const words = w.unknownGrowth(counts[0]!, group.count, group.state, elapsed(samples));
    return [found("goroutines-growth", "bad", words, { lines: stackLines([group]), data: { counts } })];
  });
}
