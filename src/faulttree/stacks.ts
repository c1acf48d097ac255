/** Judges conditions on frames and goroutines. */
import { flattenArguments, parseArguments } from "../trace/arguments.ts";
import { isUserFrame } from "../trace/packages.ts";
import type { Frame, Goroutine } from "../trace/report.ts";
import type { Need } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";
import type { Stack } from "./locate.ts";
import { compares, parseComparison, readNumber } from "./numbers.ts";
import {
  captured,
  fails,
  holds,
  needs,
  nothing,
  type Part,
  plain,
  run,
  runName,
  type Verdict,
} from "./verdict.ts";

export function frame(wanted: Part<"frame">, facts: Facts): Verdict {
  const unclear = new Set<Need>();
  for (const candidate of candidates(wanted, facts)) {
    const verdict = frameFits(wanted, candidate);
    if (verdict.is === "true") return verdict;
    if (verdict.is === "unknown") for (const need of verdict.needs) unclear.add(need);
  }
  const elsewhere = wanted.goroutine === "any" || wanted.goroutine === "other";
  if (elsewhere && facts.hidesGoroutines) unclear.add("goroutines");
  // The first frames are there when any are; only what lies further down may be cut away.
  const cut = facts.faulting?.frames.length
    ? wanted.position === "any" || wanted.position === "creator"
    : true;
  if (wanted.goroutine !== "runtime" && cut && facts.hidesFrames) unclear.add("stack");
  return unclear.size > 0 ? needs(...unclear) : fails;
}

function* candidates(wanted: Part<"frame">, facts: Facts): Generator<Frame> {
  if (wanted.goroutine === "runtime") {
    yield* picked(wanted.position, { frames: facts.report.runtimeStack ?? [] }, facts);
    return;
  }
  if (wanted.goroutine === "any" && wanted.position === "any") {
    yield* facts.frames;
    return;
  }
  const stacks =
    wanted.goroutine === "faulting"
      ? facts.faultingStacks
      : wanted.goroutine === "other"
        ? facts.otherStacks
        : facts.allStacks;
  const seen = new Set<Frame>();
  for (const stack of stacks) {
    for (const candidate of picked(wanted.position, stack, facts)) {
      if (seen.has(candidate)) continue;
      seen.add(candidate);
      yield candidate;
    }
  }
}

function* picked(position: Part<"frame">["position"], stack: Stack, facts: Facts): Generator<Frame> {
  const { frames, createdBy } = stack;
  if (position === "any") yield* frames;
  else if (position === "creator") {
    if (createdBy) yield createdBy;
  } else if (position === "top") {
    // Whether the panic's own frames are shown depends on GOTRACEBACK and version: both tops count.
    if (frames[0]) yield frames[0];
    const origin = facts.origin(frames)[0];
    if (origin && origin !== frames[0]) yield origin;
  } else {
    const index = facts.topUser(stack);
    if (position === "above-user") yield* frames.slice(0, Math.max(0, index));
    else {
      if (index >= 0) yield frames[index]!;
      if (stack === facts.telling && facts.place?.basis === "user") yield facts.place.frame!;
      // A cgo wrapper is generated, but it is the last thing the user's code called.
      const wrapper = index > 0 ? frames[index - 1]! : undefined;
      if (wrapper?.function.includes("._Cfunc_")) yield wrapper;
      const written = frames.find(isUserFrame);
      if (written) yield written;
    }
  }
}

function frameFits(wanted: Part<"frame">, candidate: Frame): Verdict {
  let captures = nothing;
  if (wanted.function !== undefined) {
    const match = runName(wanted.function, candidate.function);
    if (!match) return fails;
    captures = captured(match);
  }
  if (wanted.file !== undefined) {
    const match = candidate.file === undefined ? null : run(wanted.file, candidate.file);
    if (!match) return fails;
    captures = { ...captures, ...captured(match) };
  }
  if (wanted.arg) {
    const words = candidate.args === undefined ? [] : flattenArguments(parseArguments(candidate.args));
    const word = readNumber(words[wanted.arg.index]);
    if (word === undefined) {
      const mayHold = candidate.inlined || candidate.args === undefined || candidate.args.includes("...");
      return mayHold || wanted.arg.index < words.length ? needs("arguments") : fails;
    }
    const { operator, number } = parseComparison(wanted.arg.value);
    if (!compares(word, operator, number)) return fails;
  }
  return { is: "true", captures, ...(candidate.at && { at: candidate.at }) };
}

/** Compares a count that more goroutines than the text shows could only raise. */
function countVerdict(count: number, comparison: string, atLeast: boolean): Verdict | undefined {
  const { operator, number } = parseComparison(comparison);
  const result = compares(BigInt(count), operator, number);
  if (!atLeast) return plain(result);
  if (operator === ">" || operator === ">=") return result ? holds : undefined;
  if (operator === "<" || operator === "<=") return result ? undefined : fails;
  return BigInt(count) > number ? plain(result) : undefined;
}

export function goroutineCount(comparison: string, facts: Facts): Verdict {
  // A limit of the reader does not matter here: it goes on counting.
  const { goroutineCount: count, goroutines: list, completeness } = facts.report;
  const cut = completeness === "cut-tail" || completeness === "cut-both";
  const hidden = facts.hidesGoroutines && (cut || list.length <= 1);
  return countVerdict(count, comparison, hidden) ?? needs("goroutines");
}

export function goroutines(wanted: Part<"goroutines">, facts: Facts): Verdict {
  const test = goroutineTest(wanted);
  let count = 0;
  let first: Goroutine | undefined;
  for (const kind of facts.goroutineKinds) {
    if (!test(kind.sample)) continue;
    count += kind.count;
    first ??= kind.sample;
  }
  const verdict = countVerdict(count, wanted.count, facts.hidesGoroutines);
  if (!verdict) return needs("goroutines");
  return verdict.is === "true" && first ? { is: "true", captures: nothing, at: first.at } : verdict;
}

/** Answers per state text and per frame are kept: goroutines share both. */
function goroutineTest(wanted: Part<"goroutines">): (goroutine: Goroutine) => boolean {
  const state = wanted.state === undefined ? undefined : remembered(wanted.state, (text: string) => text);
  const fn =
    wanted.function === undefined ? undefined : remembered(wanted.function, (f: Frame) => f.function);
  const creator =
    wanted.createdBy === undefined ? undefined : remembered(wanted.createdBy, (text: string) => text);
  const minutes = wanted.minutes === undefined ? undefined : parseComparison(wanted.minutes);
  return (goroutine) =>
    (!state ||
      state(goroutine.state) ||
      !!goroutine.flags?.some((flag) => state(`${goroutine.state} (${flag})`))) &&
    (!minutes || compares(BigInt(goroutine.waitMinutes ?? 0), minutes.operator, minutes.number)) &&
    (!creator || (!!goroutine.createdBy && creator(goroutine.createdBy.function))) &&
    (!fn || goroutine.frames.some(fn));
}

function remembered<K>(expression: string, text: (key: K) => string): (key: K) => boolean {
  const answers = new Map<K, boolean>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = runName(expression, text(key)) !== null;
      answers.set(key, answer);
    }
    return answer;
  };
}
