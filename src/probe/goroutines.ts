/** `check goroutines`: samples from a host, files or a process, and what they show. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Language, SourceReader } from "../faulttree/diagnosis.ts";
import { byLevel, type Finding, found, type ProbeReport } from "./finding.ts";
import type { Group, Sample } from "./goroutine-sample.ts";
import { judgeHeap } from "./heap-growth.ts";
import { findLeaks, type TimedSample } from "./leaks.ts";
import { goroutineWords } from "./messages/goroutines.ts";
import { inflate, PprofHost, sampleOfBytes } from "./pprof-host.ts";
import { ProbeProblem } from "./problem.ts";
import { type HeapSample, readProfile } from "./profile.ts";
import { SHAPES, userFrame } from "./shapes.ts";
import { readWhole } from "./whole-file.ts";

export interface GoroutineOptions {
  readonly language: Language;
  /** Seconds. */
  readonly older: number;
  readonly least: number;
  /** Seconds between samples; undefined: one sample. */
  readonly interval: number | undefined;
  readonly samples: number;
  readonly timeoutSeconds: number;
  /** The profile alone: the program is not stopped to print every stack. */
  readonly light: boolean;
  readonly source?: SourceReader;
  /** Called before each wait, with the seconds to come. */
  readonly waiting?: (seconds: number, sample: number) => void;
}

/** All that was gathered, whatever it came from. */
export interface Gathered {
  readonly subject: string;
  readonly samples: readonly TimedSample[];
  readonly heaps: readonly HeapSample[];
  /** Goroutines Go itself calls leaked; null where its profile is not there. */
  readonly leaked?: Sample | null;
  readonly missing: readonly string[];
}

export async function gatherFromHost(given: string, options: GoroutineOptions): Promise<Gathered> {
  const words = goroutineWords(options.language);
  const host = new PprofHost(given, { timeoutSeconds: options.timeoutSeconds, words });
  const samples: TimedSample[] = [];
  const heaps: HeapSample[] = [];
  const missing: string[] = [];
  const begun = performance.now();
  for (let i = 0; i < options.samples; i++) {
    if (i > 0) {
      options.waiting?.(options.interval ?? 0, i + 1);
      await sleep((options.interval ?? 0) * 1000);
    }
    const at = (performance.now() - begun) / 1000;
    samples.push({ sample: await goroutinesOf(host, options), at });
    try {
      heaps.push(await host.heap());
    } catch (failure) {
      if (!(failure instanceof ProbeProblem)) throw failure;
      if (i === 0) missing.push(words.noHeap(failure.message));
    }
  }
  if (samples.at(-1)!.sample.cut) missing.push(words.cut);
  const leaked = await host.leaks();
  if (!leaked) missing.push(words.noLeakProfile);
  return { subject: host.name, samples, heaps, leaked: leaked ?? null, missing };
}

async function goroutinesOf(host: PprofHost, { light }: GoroutineOptions): Promise<Sample> {
  if (light) return host.profile();
  const text = await host.dump();
  if (!text.cut) return text;
  const counts = await host.profile();
  return { ...counts, cut: true };
}

/** Each file is a sample, in the order given. `interval` is the time between them, where the user knows it. */
export function gatherFromFiles(files: readonly string[], options: GoroutineOptions): Gathered {
  const w = goroutineWords(options.language);
  const samples: TimedSample[] = [];
  const heaps: HeapSample[] = [];
  for (const file of files) {
    const bytes = readWhole(file, LARGEST_FILE);
    const sample = sampleOfBytes(bytes);
    if (sample) {
      const at = options.interval === undefined ? undefined : samples.length * options.interval;
      samples.push({ sample, at });
      continue;
    }
    const read = readProfile(inflate(bytes) ?? bytes);
    if (read?.kind === "heap") heaps.push(read.heap);
    else if (read?.kind === "other") throw new ProbeProblem(w.otherProfile(file, read.type));
    else throw new ProbeProblem(w.notADump(file));
  }
  return { subject: files.join(", "), samples, heaps, missing: samples.at(-1)?.sample.cut ? [w.cut] : [] };
}

const LARGEST_FILE = 1 << 30;

export function judgeGoroutines(gathered: Gathered, options: GoroutineOptions): ProbeReport {
  const { samples, heaps, leaked } = gathered;
  const w = goroutineWords(options.language);
  const findings: Finding[] = [];
  const last = samples.at(-1);
  const seconds = samples.length > 1 && last!.at !== undefined ? last!.at - (samples[0]!.at ?? 0) : undefined;
  if (leaked) findings.push(...fromLeakProfile(leaked, options));
  if (samples.length > 0) findings.push(...findLeaks(samples, options, leaked ?? undefined));
  findings.push(...judgeHeap(heaps, seconds ?? options.interval, options.language));
  const wrong = findings.some(({ level }) => level === "bad" || level === "doubtful");
  if (!wrong && last) findings.unshift(found("goroutines", "good", w.none(last.sample.total)));
  return {
    probe: "goroutines",
    subject: gathered.subject,
    facts: facts(samples, seconds, w),
    findings: byLevel(findings),
    missing: [...(ageless(findings) ? [w.unknownAge(options.older)] : []), ...gathered.missing],
  };
}

/** Some goroutines were told of without an age. */
function ageless(findings: readonly Finding[]): boolean {
  return findings.some(({ level, data }) => level === "doubtful" && data?.old === 0);
}

const LARGEST_GROUPS = 3;

function facts(
  samples: readonly TimedSample[],
  seconds: number | undefined,
  w: ReturnType<typeof goroutineWords>,
) {
  const out: [string, string][] = [];
  const last = samples.at(-1)?.sample;
  if (!last) return out;
  out.push([w.facts.goroutines, samples.map(({ sample }) => sample.total).join(" → ")]);
  if (samples.length > 1) out.push([w.facts.samples, w.apart(samples.length, seconds)]);
  const largest = [...last.groups].sort((a, b) => b.count - a.count).slice(0, LARGEST_GROUPS);
  for (const group of largest) out.push([w.facts.largest, w.group(group.count, group.state, placeOf(group))]);
  return out;
}

function placeOf(group: Group): string {
  const frame = userFrame(group) ?? group.frames.at(-1) ?? group.frames[0];
  return frame ? frame.function : "?";
}

const GROUPS_TOLD = 20;

function fromLeakProfile(leaked: Sample, options: GoroutineOptions): Finding[] {
  const w = goroutineWords(options.language);
  if (leaked.groups.length === 0) return [found("leak-profile", "good", w.leakProfileNone)];
  return leaked.groups.slice(0, GROUPS_TOLD).map((group) => {
    const shape = SHAPES.find((known) => known.matches(group));
    // A shape that is only suspect says less than this proof.
    const words = shape && shape.wrong !== "weak" ? w.shapes[shape.id] : undefined;
    const lines = group.frames.slice(0, 4).map((f) => `${f.function} ${f.file ?? "?"}:${f.line ?? 0}`);
    return found(
      "leak-profile",
      "bad",
      w.leakProfile(group.count, words?.what ?? w.inState(group.state), words?.todo),
      {
        lines,
        data: { count: group.count },
        ...(shape?.cause !== undefined && { cause: shape.cause }),
      },
    );
  });
}
