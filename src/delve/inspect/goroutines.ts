/** All goroutines of a core, grouped, within a bounded time: Delve takes about 0.4 ms for each. */
import type { ApiGoroutine } from "../api.ts";
import { LOAD } from "../api.ts";
import { type Ask, SELECTED } from "./ask.ts";
import type { CoreFrame, CoreGroup, GoroutineSurvey } from "./findings.ts";
import { coreFrame, isKnown } from "./frames.ts";

export interface SurveyLimits {
  /** Milliseconds for the listing. */
  readonly budgetMs: number;
  /** Groups whose stacks are read. */
  readonly stacks: number;
  readonly onProgress?: (listed: number, total: number | undefined) => void;
}

const PAGE = 1000;
const IDS_KEPT = 100;
const DEPTH = 64;

/** Source: runtime/runtime2.go, the same from Go 1.5 on. */
const STATUS: Readonly<Record<number, string>> = {
  0: "idle",
  1: "runnable",
  2: "running",
  3: "syscall",
  4: "waiting",
  6: "dead",
  8: "copystack",
  9: "preempted",
  11: "dead (extra)",
};
const DEAD = new Set([0, 6, 11]);

/** Never rejects for a core without goroutines: then `listed` is 0. */
export async function surveyGoroutines(
  ask: Ask,
  limits: SurveyLimits,
): Promise<GoroutineSurvey & { whole: boolean }> {
  const total = await ask.number("runtime.allglen");
  const reasons = await waitReasons(ask);
  const groups = new Map<string, Draft>();
  const deadline = performance.now() + limits.budgetMs;
  let listed = 0;
  let next = 0;
  while (next >= 0 && performance.now() < deadline) {
    const page = await ask.tried(
      ask.rpc.goroutines({ start: next, count: PAGE }, { ...ask.options, timeoutMs: 60_000 }),
    );
    if (!page) break;
    for (const each of page.Goroutines ?? []) {
      listed++;
      if (!DEAD.has(each.status)) gather(groups, each, reasons);
    }
    limits.onProgress?.(listed, total);
    next = page.Nextg;
  }
  const drafts = [...groups.values()].sort((a, b) => b.count - a.count || a.ids[0]! - b.ids[0]!);
  const read: CoreGroup[] = [];
  for (const [index, draft] of drafts.entries()) read.push(await describe(ask, draft, index < limits.stacks));
  return { ...(total !== undefined && { total }), listed, groups: read, whole: next < 0 };
}

interface Draft {
  count: number;
  readonly ids: number[];
  readonly state: string;
  readonly sample: ApiGoroutine;
}

function gather(groups: Map<string, Draft>, each: ApiGoroutine, reasons: readonly string[]): void {
  const state = stateOf(each, reasons);
  const { userCurrentLoc: at, currentLoc: now, startLoc, goStatementLoc } = each;
  const key = [at.pc, now.function?.name, startLoc.pc, goStatementLoc.pc, state].join(" ");
  const known = groups.get(key);
  if (!known) {
    groups.set(key, { count: 1, ids: [each.id], state, sample: each });
    return;
  }
  known.count++;
  if (known.ids.length < IDS_KEPT) known.ids.push(each.id);
}

/** As the runtime prints it: the reason where it waits for one. */
export function stateOf({ status, waitReason }: ApiGoroutine, reasons: readonly string[]): string {
  // The status of a stack that the collector scans.
  const plain = status >= 0x1000 ? status - 0x1000 : status;
  if (plain === 4) return reasons[waitReason] || "waiting";
  return STATUS[plain] ?? `status ${status}`;
}

/** The words belong to the runtime that wrote the core: their numbers change from release to release. */
export async function waitReasons(ask: Ask): Promise<readonly string[]> {
  const found = await ask.variable("runtime.waitReasonStrings", SELECTED, { ...LOAD, MaxArrayValues: 256 });
  return (found?.children ?? []).map(({ value }) => value);
}

/** Functions the runtime itself starts. Source: runtime isSystemGoroutine. */
const SYSTEM = /^runtime\.(?!main$|goexit$|handleAsyncEvent)/;

async function describe(ask: Ask, draft: Draft, withStack: boolean): Promise<CoreGroup> {
  const { sample, count, state, ids } = draft;
  const { goStatementLoc: creator, startLoc } = sample;
  const name = creator.function?.name;
  const created =
    name && sample.id !== 1 ? { function: name, file: creator.file, line: creator.line } : undefined;
  return {
    count,
    state,
    ids,
    ...(created && { createdBy: created }),
    stack: withStack
      ? await stackOf(ask, sample.id)
      : [coreFrame({ ...noVariables, ...sample.userCurrentLoc }, 0)],
    system: SYSTEM.test(startLoc.function?.name ?? ""),
  };
}

const noVariables = { Locals: null, Arguments: null, FrameOffset: 0, FramePointerOffset: 0, Err: "" };

export async function stackOf(ask: Ask, goroutine: number, depth = DEPTH): Promise<CoreFrame[]> {
  const frames = await ask.tried(ask.rpc.stacktrace(goroutine, depth, ask.options));
  return (frames ?? []).map(coreFrame).filter(isKnown);
}
