/**
 * Why a core was written: the panic, fatal error or signal. The kernel and Delve know only the signal the runtime
 * sent itself at the very end; what came before it stands in the runtime's variables and frames.
 */
import type { ApiGoroutine, ApiStackframe } from "../delve/api.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { isUserPlace } from "./frames.ts";
import {
  ask,
  askNumber,
  panicText,
  signalName,
  signalWords,
  stateOf,
  WAITING,
  waitReasons,
} from "./runtime-words.ts";

export interface CoreReason {
  readonly kind: "panic" | "fatal" | "signal" | "dump";
  /** The value, the message, or the signal with its words; empty for a dump of a program that ran. */
  readonly text: string;
  readonly signal?: { readonly name: string; readonly code?: number; readonly address?: string };
  /** The goroutine to show first. */
  readonly goroutine: number;
  /** The first frame of it that is the user's. */
  readonly place?: { readonly function: string; readonly file: string; readonly line: number };
  /** What the program printed first: header, links of the chain, signal. */
  readonly header: readonly string[];
}

const DEPTH = 200;
/** Goroutines whose stacks go into the text, and how many are looked at for it. */
const TOLD = 48;
const LOOKED_AT = 512;
const LINKS = 16;

type Stack = readonly ApiStackframe[];
type Fault = Pick<CoreReason, "kind" | "text" | "signal"> & { readonly lines: readonly string[] };

/** Asks Delve. What the core lacks is left out; rejects only when Delve is gone. */
export async function coreReason(rpc: RpcClient): Promise<CoreReason> {
  const current = (await rpc.state()).currentGoroutine?.id;
  const stack = await rpc.stacktrace(-1, DEPTH).catch((): Stack => []);
  const fault = await findFault(rpc, stack, current);
  const goroutine = current ?? (await firstOfUser(rpc));
  const shown = current === undefined ? await rpc.stacktrace(goroutine, DEPTH).catch((): Stack => []) : stack;
  const first = shown[firstUser(shown)];
  const place = first && {
    function: first.function?.name ?? "",
    file: first.file,
    line: first.line,
  };
  const { lines, ...known } = fault;
  return { ...known, goroutine, ...(place && { place }), header: lines };
}

/** What the program would have printed, for a diagnosis: the failing goroutine whole, of the others the first. */
export async function crashTextOf(rpc: RpcClient, { goroutine, header }: CoreReason): Promise<string> {
  const [list, reasons] = await Promise.all([listed(rpc), waitReasons(rpc)]);
  const told = await tellGoroutines(rpc, goroutine, list, reasons);
  return `${[...header, "", ...told].join("\n")}\n`;
}

/** A stripped program has no list of goroutines Delve could read. */
function listed(rpc: RpcClient): Promise<readonly ApiGoroutine[]> {
  return rpc
    .goroutines({ count: LOOKED_AT })
    .then(({ Goroutines }) => Goroutines ?? [])
    .catch(() => []);
}

/** Where no goroutine was on the thread that died: at a deadlock, the first that stands in the user's code. */
async function firstOfUser(rpc: RpcClient): Promise<number> {
  const list = await listed(rpc);
  return (list.find(hasUserFrame) ?? list[0])?.id ?? 1;
}

async function findFault(rpc: RpcClient, stack: Stack, goroutine: number | undefined): Promise<Fault> {
  const named = (name: string) => stack.findIndex((frame) => frame.function?.name === name);
  if (goroutine !== undefined && (named("runtime.fatalpanic") >= 0 || named("runtime.gopanic") >= 0)) {
    const panic = await panicOf(rpc);
    if (panic) return panic;
  }
  for (const name of ["runtime.throw", "runtime.fatal"]) {
    const frame = named(name);
    const text = frame < 0 ? undefined : (await ask(rpc, "s", { GoroutineID: -1, Frame: frame }))?.value;
    if (text !== undefined) return { kind: "fatal", text, lines: [`fatal error: ${text}`] };
  }
  return (await signalOf(rpc, stack)) ?? { kind: "dump", text: "", lines: ["SIGQUIT: quit"] };
}

/** The chain of panics of the current goroutine, the first one first, as the runtime prints it. */
async function panicOf(rpc: RpcClient): Promise<Fault | undefined> {
  const lines: string[] = [];
  let text: string | undefined;
  let expression = "runtime.curg._panic";
  for (let n = 0; n < LINKS; n++) {
    const arg = await ask(rpc, `${expression}.arg`);
    if (!arg) break;
    const isExit = (await ask(rpc, `${expression}.goexit`))?.value === "true";
    const value = panicText(arg);
    if (!isExit) {
      const recovered = (await ask(rpc, `${expression}.recovered`))?.value === "true" ? " [recovered]" : "";
      lines.unshift(`panic: ${value.replaceAll("\n", "\n\t")}${recovered}`);
      text ??= value;
    }
    expression += ".link";
  }
  if (text === undefined) return undefined;
  const number = await askNumber(rpc, "runtime.curg.sig");
  if (!number) return { kind: "panic", text, lines: lines.map(indentLater) };
  const [code, address] = await Promise.all([
    askNumber(rpc, "runtime.curg.sigcode0"),
    askNumber(rpc, "runtime.curg.sigcode1"),
  ]);
  const signal = signalFact(number, code, address);
  const pc = await askNumber(rpc, "runtime.curg.sigpc");
  return {
    kind: "panic",
    text,
    signal,
    lines: [...lines.map(indentLater), `[signal ${signalWords(number)}${detail(signal, pc)}]`],
  };
}

const indentLater = (line: string, index: number) => (index === 0 ? line : `\t${line}`);

function detail({ code, address }: NonNullable<CoreReason["signal"]>, pc: number | undefined): string {
  return [
    code !== undefined && ` code=0x${code.toString(16)}`,
    address !== undefined && ` addr=${address}`,
    pc !== undefined && ` pc=0x${pc.toString(16)}`,
  ]
    .filter(Boolean)
    .join("");
}

/** The signal that came from outside of Go: the handler's own arguments say which and where. */
async function signalOf(rpc: RpcClient, stack: Stack): Promise<Fault | undefined> {
  // The innermost handler took the signal the runtime killed itself with.
  const at = stack.findLastIndex(({ function: f }) => f?.name === "runtime.sigtrampgo");
  if (at < 0) return undefined;
  const scope = { GoroutineID: -1, Frame: at };
  const number = await askNumber(rpc, "sig", scope);
  if (number === undefined) return undefined;
  const [code, address] = await Promise.all([
    askNumber(rpc, "info.si_code", scope),
    askNumber(rpc, "info.si_addr", scope),
  ]);
  const signal = signalFact(number, code, address);
  const below = stack[at + 1];
  const lines = [
    signalWords(number),
    `PC=0x${(below?.pc ?? 0).toString(16)} m=0 sigcode=${signal.code ?? 0}${signal.address === undefined ? "" : ` addr=${signal.address}`}`,
    ...(stack.some(({ function: f }) => f?.name === "runtime.cgocall")
      ? ["signal arrived during cgo execution"]
      : []),
  ];
  return { kind: "signal", text: signalWords(number), signal, lines };
}

function signalFact(number: number, code: number | undefined, address: number | undefined) {
  return {
    name: signalName(number),
    ...(code !== undefined && { code }),
    // Of a signal that was sent there is no address: the field holds the sender.
    ...(address !== undefined &&
      (code === undefined || code > 0) && { address: `0x${address.toString(16)}` }),
  };
}

function firstUser(stack: Stack): number {
  const below = stack.findLastIndex(({ function: f }) => f?.name === "runtime.gopanic") + 1;
  const at = stack.slice(below).findIndex((frame) => isUserPlace(frame.function?.name ?? "", frame.file));
  return at < 0 ? -1 : below + at;
}

function hasUserFrame({ userCurrentLoc: { function: f, file } }: ApiGoroutine): boolean {
  return isUserPlace(f?.name ?? "", file);
}

async function tellGoroutines(
  rpc: RpcClient,
  first: number,
  list: readonly ApiGoroutine[],
  reasons: readonly string[],
): Promise<string[]> {
  const stackOf = (id: number) => rpc.stacktrace(id, DEPTH).catch((): Stack => []);
  const head = list.find(({ id }) => id === first);
  const state = head && head.status === WAITING ? stateOf(head, reasons) : "running";
  const lines = tellOne(`goroutine ${first} [${state}]:`, await stackOf(first));
  const others = list.filter((each) => each.id !== first && hasUserFrame(each)).slice(0, TOLD);
  for (const other of others) {
    const header = `goroutine ${other.id} [${stateOf(other, reasons)}]:`;
    lines.push("", ...tellOne(header, await stackOf(other.id), other));
  }
  return lines;
}

function tellOne(header: string, stack: Stack, goroutine?: ApiGoroutine): string[] {
  const own = fromFault(stack).filter(({ function: f }) => f !== undefined && f.name !== "runtime.goexit");
  const frames = own.flatMap((frame) => [
    `${oneLine(frame.function!.name)}(...)`,
    `\t${oneLine(frame.file)}:${frame.line} +0x${Math.max(0, frame.pc - frame.function!.value).toString(16)}`,
  ]);
  const made = goroutine?.goStatementLoc;
  const created =
    made?.function === undefined
      ? []
      : [`created by ${oneLine(made.function.name)}`, `\t${oneLine(made.file)}:${made.line} +0x0`];
  return [header, ...frames, ...created];
}

/** A traceback begins where the runtime began to fail, not in what it did to die. */
function fromFault(stack: Stack): Stack {
  const names = ["runtime.gopanic", "runtime.throw", "runtime.fatal"];
  const at = stack.findIndex(({ function: f }) => names.includes(f?.name ?? ""));
  if (at >= 0) return stack.slice(at);
  const handler = stack.findLastIndex(({ function: f }) => f?.name === "runtime.sigtrampgo");
  return stack.slice(handler + 1);
}

const oneLine = (text: string) => text.replace(/[\r\n]+/g, " ");
