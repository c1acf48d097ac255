/** All goroutines of a core, grouped, within a bounded time: Delve takes about 0.4 ms for each. */
import type { ApiGoroutine } from "../api.ts";
import type { Ask } from "./ask.ts";
import type { CoreFrame, CoreGroup, GoroutineSurvey } from "./findings.ts";
import { coreFrame, isKnown } from "./frames.ts";
import { isGone, stateOf, waitReasons } from "./states.ts";

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
      if (!isGone(each)) gather(groups, each, reasons);
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
