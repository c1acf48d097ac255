/**
 * Why the program died, out of the runtime's own records: the chain of panics of the goroutine, the argument of throw
 * and fatal, the siginfo the handler was given. Sources: runtime/panic.go, signal_unix.go of Go 1.25 to 1.27.
 */
import { type ApiVariable, Kind, LOAD } from "../api.ts";
import type { CoreInfo } from "../core-notes.ts";
import type { Ask } from "./ask.ts";
import type { CoreFrame, CorePanic, CoreReason, FaultSignal } from "./findings.ts";
import { signalName } from "./signals.ts";
import { panicWords } from "./unread.ts";
import { valueText } from "./values.ts";
import { reasonOfException } from "./windows.ts";

export interface Place {
  readonly goroutine: number;
  readonly frames: readonly CoreFrame[];
}

const FATAL = /^(?:runtime\.(?:throw|fatal)|internal\/runtime\/maps\.fatal)$/;
const PANICS_READ = 32;
const SIGQUIT = 3;
const SIGABRT = 6;
/** Signals after which the kernel writes a core. Source: signal(7) of Linux. */
const WITH_CORE = new Set([3, 4, 5, 6, 7, 8, 11, 24, 25, 31]);

/** Reads the reason off a stack. `none` where it shows no failure. */
export async function readReason(ask: Ask, place: Place, info?: CoreInfo): Promise<CoreReason> {
  for (const frame of place.frames) {
    const { function: name } = frame;
    if (name === "runtime.fatalpanic" || name === "runtime.gopanic") return readPanics(ask, place);
    if (FATAL.test(name)) return readFatal(ask, place, frame);
    // A thread that Go never made has no goroutine to tell of: its fault is handed back to the system.
    if (name === "runtime.sighandler" || name === "runtime.badsignal")
      return readSignal(ask, place, frame.index);
    if (!name.startsWith("runtime.") && !name.startsWith("internal/runtime/") && name !== "") break;
  }
  const reason = ofKernel(info, place);
  // A plugin has a runtime of its own, whose functions Delve does not know; the goroutine's records are the program's.
  if (reason.kind !== "unread" || place.goroutine <= 0) return reason;
  const { panics } = await panicsOf(ask, place);
  return panics.length > 0 ? { kind: "panic", panics } : reason;
}

/** Whether another thread may know better: this one only told of itself when all were asked to. */
export function isRelayed(reason: CoreReason): boolean {
  return (
    reason.kind === "none" ||
    reason.kind === "unread" ||
    (reason.kind === "signal" && reason.signal.number === SIGQUIT)
  );
}

async function readPanics(ask: Ask, place: Place): Promise<CoreReason> {
  const { panics, signal } = await panicsOf(ask, place);
  // Without debug information the chain cannot be followed.
  const read = panics.length > 0 ? panics : [panicWords(place.frames)];
  return { kind: "panic", panics: read, ...(signal && { signal }) };
}

async function panicsOf(
  ask: Ask,
  place: Place,
): Promise<{ readonly panics: readonly CorePanic[]; readonly signal?: FaultSignal }> {
  const scope = { GoroutineID: place.goroutine, Frame: 0 };
  const panics: CorePanic[] = [];
  for (let at = "runtime.curg._panic"; panics.length < PANICS_READ; at += ".link") {
    // One level is enough for what the runtime has turned into text; a struct is shown with its members.
    const arg = await ask.variable(`${at}.arg`, scope, {
      ...LOAD,
      MaxStringLen: 4096,
      MaxVariableRecurse: 2,
    });
    if (!arg) break;
    panics.push({
      ...panicValue(arg),
      recovered: (await ask.text(`${at}.recovered`, scope)) === "true",
      repanicked: (await ask.text(`${at}.repanicked`, scope)) === "true",
      goexit: (await ask.text(`${at}.goexit`, scope)) === "true",
    });
  }
  const signal = await signalOfGoroutine(ask, place);
  return { panics, ...(signal && { signal }) };
}

const PREDECLARED = /^(?:bool|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128)|string)$/;

/**
 * Before it dies the runtime replaces errors and Stringers by their text (preprintpanics). Of the rest it prints
 * predeclared types bare, other basic kinds with their type, and all else by type and address.
 */
function panicValue(arg: ApiVariable): Pick<CorePanic, "value" | "type" | "address"> {
  const dynamic = arg.children?.[0];
  if (!dynamic || dynamic.kind === Kind.invalid) return { value: "nil" };
  const { type, kind, addr, value } = dynamic;
  if (PREDECLARED.test(type)) return { value: kind === Kind.string ? value : valueText(dynamic) };
  const shown = { value: valueText(dynamic), type };
  if (kind === Kind.string || (kind >= Kind.bool && kind <= Kind.complex128)) return shown;
  // An interface holds pointers themselves, and of everything else the address.
  const at = kind === Kind.pointer ? dynamic.children?.[0]?.addr : addr;
  return at ? { ...shown, address: `0x${BigInt(Math.trunc(at)).toString(16)}` } : shown;
}

/** What sigpanic wrote down of the signal that became a panic. */
async function signalOfGoroutine(ask: Ask, { goroutine, frames }: Place): Promise<FaultSignal | undefined> {
  if (
    !frames.some((frame) => frame.function === "runtime.sigpanic" || frame.function === "runtime.sigpanic0")
  )
    return undefined;
  const scope = { GoroutineID: goroutine, Frame: 0 };
  const number = await ask.number("runtime.curg.sig", scope);
  if (!number) return undefined;
  const [code, address, pc] = [
    await ask.number("runtime.curg.sigcode0", scope),
    await ask.text("runtime.curg.sigcode1", scope),
    await ask.text("runtime.curg.sigpc", scope),
  ];
  return faultSignal(number, code, address, pc);
}

function faultSignal(number: number, code?: number, address?: string, pc?: string): FaultSignal {
  return {
    number,
    name: signalName(number),
    ...(code !== undefined && { code }),
    ...(address !== undefined && { address: hex(address) }),
    ...(pc !== undefined && { pc: hex(pc) }),
  };
}

function hex(value: string): string {
  return /^\d+$/.test(value) ? `0x${BigInt(value).toString(16)}` : value;
}

/** The nearest function that found the fault, where its message cannot be read. */
async function readFatal(ask: Ask, place: Place, frame: CoreFrame): Promise<CoreReason> {
  const callers = place.frames.filter((each) => each.index >= frame.index && FATAL.test(each.function));
  for (const each of callers) {
    const scope = { GoroutineID: place.goroutine, Frame: each.index };
    const message = (await ask.text("s", scope)) || (await spilledString(ask, place, each));
    if (!message) continue;
    const signal = await signalOfGoroutine(ask, place);
    return { kind: "fatal", message, ...(signal && { signal }) };
  }
  const last = callers.at(-1) ?? frame;
  const by = place.frames.find((each) => each.index > last.index);
  return { kind: "fatal-unread", by: by?.function ?? last.function };
}

const LONGEST_MESSAGE = 1024;

/**
 * The first argument of a function out of the place its caller keeps for it, where the runtime's own traceback looks
 * too, for functions whose debug information has lost the register by then.
 */
async function spilledString(ask: Ask, place: Place, frame: CoreFrame): Promise<string | undefined> {
  const frames = await ask.tried(
    ask.rpc.stacktrace(place.goroutine, frame.index + 1, { skip: frame.index, ...ask.options }),
  );
  const offset = frames?.[0]?.FrameOffset;
  if (offset === undefined) return undefined;
  const top =
    offset > 0 ? 0 : await ask.number("runtime.curg.stack.hi", { GoroutineID: place.goroutine, Frame: 0 });
  if (top === undefined) return undefined;
  const words = await ask.tried(ask.rpc.memory(top + offset - BELOW, BELOW + 24, ask.options));
  if (!words || words.length < BELOW + 24) return undefined;
  for (const { pointer, length } of stringsIn(words)) {
    const bytes = await ask.tried(ask.rpc.memory(pointer, length, ask.options));
    const text = bytes?.toString("latin1") ?? "";
    if (text.length === length && /^[\x20-\x7e]+$/.test(text)) return text;
  }
  return undefined;
}

/** Bytes of the frame below the place for arguments. */
const BELOW = 128;

/**
 * amd64 keeps the first argument at the frame's address, arm64 one word above it. Of a string often only the pointer
 * is kept there; throw hands both words to a closure, which lies in the frame below.
 */
function stringsIn(words: Buffer): { pointer: number; length: number }[] {
  const found: { pointer: number; length: number }[] = [];
  // Behind a pointer that was kept alone stands whatever was there before: what has both words comes first.
  const alone: typeof found = [];
  const word = (at: number) => words.readBigUInt64LE(at);
  for (const first of [BELOW, BELOW + 8]) {
    const pointer = word(first);
    if (pointer < 4096n || pointer > BigInt(Number.MAX_SAFE_INTEGER)) continue;
    for (let at = first; at >= 0; at -= 8) {
      if (at + 16 > words.length || word(at) !== pointer) continue;
      const length = word(at + 8);
      if (length > 0n && length <= BigInt(LONGEST_MESSAGE))
        (at === first ? alone : found).push({ pointer: Number(pointer), length: Number(length) });
    }
  }
  return [...found, ...alone];
}

async function readSignal(ask: Ask, place: Place, handler: number): Promise<CoreReason> {
  const { goroutine, frames } = place;
  const trampoline = frames.find(
    (each) => each.index > handler && /^runtime\.sigtrampgo$/.test(each.function),
  );
  const struck =
    trampoline &&
    frames.find((each) => each.index > trampoline.index && each.function !== "runtime.sigtramp");
  const scope = { GoroutineID: goroutine, Frame: trampoline?.index ?? handler };
  const number = (await ask.number("sig", scope)) ?? 0;
  const [code, address] = [await ask.number("info.si_code", scope), await ask.text("info.si_addr", scope)];
  // Of a signal that was sent, the same bytes hold the sender.
  const withAddress = code !== undefined && code > 0;
  const signal = faultSignal(number, code, withAddress ? address : undefined);
  const instruction = struck && REFUSED.has(number) ? await instructionAt(ask, struck.pc) : undefined;
  return {
    kind: "signal",
    signal: { ...signal, ...(struck && { pc: struck.pc }), ...(instruction && { instruction }) },
    inCgo: frames.some(
      (each) =>
        each.native ||
        /^runtime\.(?:asmcgocall|cgocall)$/.test(each.function) ||
        (each.index > handler && each.function === ""),
    ),
  };
}

/** SIGILL and SIGFPE, of which the runtime prints the instruction. */
const REFUSED = new Set([4, 8]);
const INSTRUCTION = 16;

async function instructionAt(ask: Ask, pc: string): Promise<number[] | undefined> {
  const bytes = await ask.tried(ask.rpc.memory(Number(pc), INSTRUCTION, ask.options));
  return bytes && bytes.length > 0 ? [...bytes] : undefined;
}

/** The kernel's word, for programs whose runtime did not handle the signal. */
function ofKernel(info: CoreInfo | undefined, place: Place): CoreReason {
  if (info?.windows) return reasonOfException(info);
  if (!info?.signal || info.writer !== "kernel") return { kind: "none" };
  const { number, code, address, sender } = info.signal;
  // gdb writes down what it stopped the process with.
  if (!WITH_CORE.has(number)) return { kind: "none" };
  const signal = faultSignal(number, code, address, info.threads[0]?.pc);
  // The runtime ends itself so after whatever went wrong, and C does by abort().
  if (number === SIGABRT && sender !== undefined && sender === info.process?.pid)
    return { kind: "unread", signal };
  return {
    kind: "signal",
    signal,
    inCgo: place.frames.some((each) => each.native),
  };
}
