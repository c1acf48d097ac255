/** Everything a core tells through Delve, in the order a person would ask. */
import { statSync } from "node:fs";
import { type ApiLoadConfig, type ApiState, LOAD, VariableFlag } from "../api.ts";
import type { OpenBinary } from "../core-file.ts";
import type { CoreInfo } from "../core-notes.ts";
import type { RpcClient } from "../rpc.ts";
import { Ask } from "./ask.ts";
import type {
  CoreFindings,
  CoreFrame,
  CoreGroup,
  CoreReason,
  Gap,
  LookFrame,
  NativeFrame,
} from "./findings.ts";
import { coreFrame, failureStart, isKnown, isUser } from "./frames.ts";
import { surveyGoroutines } from "./goroutines.ts";
import { readMemoryFigures } from "./memory.ts";
import { askGdb, failureInGdb, type GdbView, nativeFrames } from "./native.ts";
import { isRelayed, type Place, readReason } from "./reason.ts";
import { argumentWords, coreValue } from "./values.ts";
import { addNames, type Names, readWaits } from "./waits.ts";
import { nativeFrameOf } from "./windows.ts";

export interface InspectOptions {
  readonly rpc: RpcClient;
  /** The binary Delve was given: the twin where there is one. */
  readonly binary: OpenBinary;
  readonly core: string;
  readonly info?: CoreInfo;
  /** For the listing of goroutines. Default 60 s. */
  readonly budgetMs?: number;
  /** Ask gdb for the C stack where the fault is in native code. Default true. */
  readonly native?: boolean;
  readonly onProgress?: (listed: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
}

const DEPTH = 200;
const STACKS = 400;
const THREADS_LOOKED_AT = 64;
const LOOKED_INTO: ApiLoadConfig = { ...LOAD, MaxVariableRecurse: 2, MaxArrayValues: 32 };

/** Throws a DelveProblem when Delve ends, hangs, or the user gives up; what it cannot read is a gap. */
export async function inspectCore(options: InspectOptions): Promise<CoreFindings> {
  const { rpc, binary, info } = options;
  const ask = new Ask(rpc, options.signal);
  const gaps: Gap[] = [];
  if (!binary.binary.hasDwarf && binary.binary.build) gaps.push("stripped");
  if (info?.missing !== undefined) gaps.push("cut-core");
  const state = await standing(ask, info);
  const first = await placeOf(ask, state.currentGoroutine?.id ?? -1);
  const found = await failedPlace(ask, first, info);
  const view = wantsGdb(options, found) ? await askGdb(binary.path, options.core, options.signal) : undefined;
  const { place, reason } = view ? withGdb(found, view) : found;
  const known = place.frames.filter(isKnown);
  const stack = await withArguments(ask, place.goroutine, known.slice(failureStart(known)));
  if (stack.length === 0) gaps.push("no-stack");
  if (!binary.binary.build && stack.some(({ function: name }) => name.startsWith("runtime.")))
    gaps.push("go-in-library");
  const goroutine = place.goroutine > 0 ? place.goroutine : undefined;
  const leftGo = reason.kind === "signal" && reason.inCgo;
  const goStack = goroutine !== undefined && leftGo ? await goSide(ask, goroutine) : undefined;
  const survey = await surveyGoroutines(ask, {
    budgetMs: options.budgetMs ?? 60_000,
    stacks: STACKS,
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  if (survey.listed === 0) gaps.push("no-goroutines");
  else if (!survey.whole) gaps.push("survey-cut");
  const { whole: _whole, ...goroutines } = survey;
  const names: Names = new Map();
  const [look, ...callers] = await lookInto(
    ask,
    lookedAt(goroutine, stack, goroutines.groups),
    goStack,
    names,
  );
  const unread = [look, ...callers].flatMap((each) => [...(each?.args ?? []), ...(each?.locals ?? [])]);
  if (unread.some(({ unreadable }) => unreadable !== undefined)) gaps.push("optimized");
  const m =
    goroutine === undefined
      ? undefined
      : await ask.number("runtime.curg.m.id", { GoroutineID: goroutine, Frame: 0 });
  const native = leftGo ? withLibraries(nativeStack(options, view), info) : undefined;
  if (native && changedSince(native, options.core)) gaps.push("other-libraries");
  return {
    ...(binary.binary.build && { build: binary.binary.build }),
    ...(info?.process && { pid: info.process.pid, commandLine: info.process.commandLine }),
    reason,
    ...(goroutine !== undefined && { goroutine }),
    ...(m !== undefined && { m }),
    ...(state.currentThread && { thread: state.currentThread.id }),
    stack,
    ...(goStack && { goStack }),
    ...(look && { look }),
    callers,
    goroutines,
    waits: await readWaits(ask, goroutines.groups, names),
    memory: await readMemoryFigures(ask),
    ...(native && { native }),
    ...(leftGo && view?.aborted !== undefined && { aborted: view.aborted }),
    gaps,
  };
}

/** Where and why it failed, and nothing else: for those who show that first. */
export async function findFailure(
  ask: Ask,
  info?: CoreInfo,
): Promise<{ readonly place: Place; readonly reason: CoreReason }> {
  const state = await standing(ask, info);
  return failedPlace(ask, await placeOf(ask, state.currentGoroutine?.id ?? -1), info);
}

/** Delve stands at the first thread of a minidump, and not at the one that failed, which the dump names. */
async function standing(ask: Ask, info: CoreInfo | undefined): Promise<ApiState> {
  const failed = info?.windows?.exception?.thread;
  const moved =
    failed !== undefined &&
    (await ask.tried(ask.rpc.command("switchThread", { threadID: failed }, { ...ask.options, ...SWITCH })));
  return moved || ask.rpc.state(ask.options);
}

const SWITCH = { timeoutMs: 60_000 };

type Failure = Awaited<ReturnType<typeof failedPlace>>;

/** gdb reads no minidumps. It sees C, and Go code of libraries, which Delve does not. */
function wantsGdb({ native, info }: InspectOptions, { place, reason }: Failure): boolean {
  if (native === false || info?.windows) return false;
  return reason.kind === "unread" || (reason.kind === "signal" ? reason.inCgo : losesItsWay(place, reason));
}

/** Whether frames without a name stand where the failure should: those of a plugin. */
function losesItsWay({ frames }: Place, { kind }: CoreReason): boolean {
  const user = frames.findIndex(isUser);
  return (
    kind === "panic" &&
    frames.slice(0, user < 0 ? undefined : user).some((each) => each.function === "") &&
    !frames.some(({ function: name }) => name === "runtime.gopanic")
  );
}

function withGdb(found: Failure, view: GdbView): Failure {
  const { place, reason } = found;
  if (reason.kind === "signal") return found;
  const seen = failureInGdb(view);
  if (!seen) {
    if (reason.kind !== "unread" || view.aborted === undefined) return found;
    return { place, reason: { kind: "signal", signal: reason.signal, inCgo: true } };
  }
  // Where both see a frame, Delve can say what it holds.
  const frames = seen.frames.map((frame) => {
    const same = place.frames.find((each) => each.function === frame.function && each.line === frame.line);
    return { ...frame, index: same?.index ?? -1 };
  });
  return { place: { ...place, frames }, reason: reason.kind === "unread" ? seen.reason : reason };
}

/** Of a minidump the place in its library is known. */
function nativeStack({ info }: InspectOptions, view: GdbView | undefined): NativeFrame[] | undefined {
  if (!info?.windows) return view && nativeFrames(view.backtrace);
  const frame = nativeFrameOf(info);
  return frame && [frame];
}

/** The core tells which file was mapped where a frame stands, also when gdb does not find that file any more. */
function withLibraries(
  native: readonly NativeFrame[] | undefined,
  info: CoreInfo | undefined,
): NativeFrame[] | undefined {
  // A place in a library of Windows names it already.
  if (info?.windows) return native && [...native];
  return native?.map((frame) => {
    if (frame.file !== undefined || frame.library !== undefined || frame.pc === undefined) return frame;
    const pc = BigInt(frame.pc);
    const mapped = info?.files.find(({ start, end }) => start <= pc && pc < end);
    return mapped ? { ...frame, library: mapped.path } : frame;
  });
}

/** Whether a library that names a frame is not the one that ran: gdb takes whatever lies at its path. */
function changedSince(native: readonly NativeFrame[], core: string): boolean {
  const written = statSync(core, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
  const libraries = new Set(native.flatMap(({ library }) => (library?.startsWith("/") ? [library] : [])));
  return [...libraries].some((path) => {
    const now = statSync(path.replace(/ \(deleted\)$/, ""), { throwIfNoEntry: false });
    return now === undefined || now.mtimeMs > written;
  });
}

async function placeOf(ask: Ask, goroutine: number): Promise<Place> {
  const frames = await ask.tried(ask.rpc.stacktrace(goroutine, DEPTH, ask.options));
  return { goroutine, frames: (frames ?? []).map(coreFrame) };
}

/**
 * With GOTRACEBACK=crash each thread is asked in turn to print its stack, and the last one writes the core: the thread
 * Delve stands at need not be the one that failed.
 */
async function failedPlace(
  ask: Ask,
  place: Place,
  info: CoreInfo | undefined,
): Promise<{ place: Place; reason: Awaited<ReturnType<typeof readReason>> }> {
  const reason = await readReason(ask, place, info);
  if (!isRelayed(reason)) return { place, reason };
  const threads = (await ask.tried(ask.rpc.threads(ask.options))) ?? [];
  for (const { goroutineID } of threads.slice(0, THREADS_LOOKED_AT)) {
    if (goroutineID <= 0 || goroutineID === place.goroutine) continue;
    const other = await placeOf(ask, goroutineID);
    const found = await readReason(ask, other);
    if (!isRelayed(found)) return { place: other, reason: found };
  }
  return { place, reason };
}

/** Frames whose arguments are read: the evidence looks at the first ones. */
const WITH_ARGUMENTS = 12;

async function withArguments(
  ask: Ask,
  goroutine: number,
  frames: readonly CoreFrame[],
): Promise<CoreFrame[]> {
  const read: CoreFrame[] = [];
  for (const [index, frame] of frames.entries()) {
    const wanted = index < WITH_ARGUMENTS && !frame.native && frame.index >= 0;
    const scope = { GoroutineID: goroutine, Frame: frame.index };
    const found = wanted ? await ask.tried(ask.rpc.functionArguments(scope, WORDS, ask.options)) : undefined;
    const args = found && found.length > 0 ? argumentWords(found) : undefined;
    read.push(args === undefined ? frame : { ...frame, args });
  }
  return read;
}

/** Only the words themselves. */
const WORDS: ApiLoadConfig = { ...LOAD, FollowPointers: false, MaxStringLen: 0, MaxArrayValues: 0 };

/** The goroutine's own stack, from where it left for C. */
async function goSide(ask: Ask, goroutine: number): Promise<CoreFrame[] | undefined> {
  const saved = (await ask.tried(ask.rpc.savedStacktrace(goroutine, DEPTH, ask.options))) ?? [];
  const frames = saved.map(coreFrame).filter(isKnown);
  const start = frames.findIndex((frame) => frame.function !== "runtime.systemstack_switch");
  return start >= 0 ? frames.slice(start) : undefined;
}

const LOOKED_AT = 3;

interface Looked {
  readonly goroutine: number;
  readonly stack: readonly CoreFrame[];
}

/** At a deadlock no goroutine failed: the one that waits and came first is looked at, which is main's. */
function lookedAt(
  goroutine: number | undefined,
  stack: readonly CoreFrame[],
  groups: readonly CoreGroup[],
): Looked {
  if (goroutine !== undefined) return { goroutine, stack };
  const waiting = groups.filter((group) => !group.system && group.stack.some(isUser));
  const first = waiting.sort((a, b) => Math.min(...a.ids) - Math.min(...b.ids))[0];
  return first ? { goroutine: Math.min(...first.ids), stack: first.stack } : { goroutine: -1, stack };
}

/** The first user frames with their variables; the top frame where there is none. */
async function lookInto(
  ask: Ask,
  { goroutine, stack }: Looked,
  goStack: readonly CoreFrame[] | undefined,
  names: Names,
): Promise<LookFrame[]> {
  const users = stack.filter(isUser).slice(0, LOOKED_AT);
  // Frames from saved registers have other numbers: nothing can be evaluated in them.
  const away = users.length === 0 ? goStack?.find(isUser) : undefined;
  if (away) return [{ frame: away, user: true, args: [], locals: [] }];
  const frames = users.length > 0 ? users : stack.slice(0, 1);
  const found: LookFrame[] = [];
  for (const frame of frames) {
    if (frame.index < 0) {
      found.push({ frame, user: users.length > 0, args: [], locals: [] });
      continue;
    }
    const scope = { GoroutineID: goroutine, Frame: frame.index };
    const args = (await ask.tried(ask.rpc.functionArguments(scope, LOOKED_INTO, ask.options))) ?? [];
    const locals = (await ask.tried(ask.rpc.locals(scope, LOOKED_INTO, ask.options))) ?? [];
    const given = args.filter(({ flags }) => (flags & VariableFlag.returnArgument) === 0);
    addNames(names, [...given, ...locals], frame.function);
    found.push({ frame, user: users.length > 0, args: given.map(coreValue), locals: locals.map(coreValue) });
  }
  return found;
}
