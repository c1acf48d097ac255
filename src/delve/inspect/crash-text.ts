/**
 * What the runtime would have printed, out of a core: so that a core is diagnosed by the very engine that reads crash
 * texts. Pure.
 */
import type { CoreFindings, CoreFrame, CoreGroup, CorePanic, FaultSignal } from "./findings.ts";
import { isUser } from "./frames.ts";
import { isException, signalWords } from "./signals.ts";

/**
 * The text. Goroutines of a group are printed with one member's stack: they share the place, the creator and what they
 * wait for. Of a group, those whose ids are known are printed, a hundred at most.
 */
export function crashText(findings: CoreFindings): string {
  const { aborted } = findings;
  const lines = [...(aborted === undefined ? [] : [aborted]), ...header(findings), ""];
  const others = findings.goroutines.groups.flatMap((group) =>
    group.ids.filter((id) => id !== findings.goroutine).map((id) => goroutineText(id, group)),
  );
  lines.push(...faultingText(findings));
  // A deadlock is nobody's: the runtime begins with goroutine 1, and where main has ended its own would come first.
  if (findings.goroutine === undefined)
    others.sort((a, b) => Number(a.system) - Number(b.system) || a.id - b.id);
  for (const { text } of others) lines.push(text, "");
  return `${lines.join("\n")}\n`;
}

/** What the runtime prints of the faulting thread: its system stack by itself, then the goroutine. */
function faultingText(findings: CoreFindings): string[] {
  const { goroutine, stack, reason, goroutines } = findings;
  const group = goroutines.groups.find(({ ids }) => goroutine !== undefined && ids.includes(goroutine));
  // Without debug information nobody tells its number, but a panic is always a goroutine's.
  if (goroutine === undefined && reason.kind === "panic")
    return ["goroutine 0 [running]:", ...stack.flatMap(frameLines), ""];
  if (goroutine === undefined)
    return stack.length > 0 ? ["runtime stack:", ...stack.flatMap(frameLines), ""] : [];
  const { system, own } = splitStack(findings);
  const lines: string[] = [];
  if (system.length > 0) {
    lines.push(
      reason.kind === "signal" ? `goroutine 0${onThread(findings)} [idle]:` : "runtime stack:",
      ...system.flatMap(frameLines),
      "",
    );
  }
  const state = system.length > 0 && reason.kind === "signal" ? group?.state : undefined;
  lines.push(`goroutine ${goroutine} [${state ?? stateOfFaulting(findings)}]:`, ...own);
  return [...lines, ...(group ? creatorText(group) : []), ""];
}

/** The words a fatal traceback has in its headers; which thread it is tells a system stack from the others. */
function onThread({ m }: CoreFindings): string {
  return m === undefined ? "" : ` m=${m}`;
}

/** Functions that lead from a goroutine's stack to the thread's: what stands above them runs there. */
const SWITCH = /^runtime\.(?:systemstack|mcall|newstack|morestack)$/;

function splitStack(findings: CoreFindings): { system: readonly CoreFrame[]; own: string[] } {
  const { stack, goStack, reason } = findings;
  if (goStack || reason.kind === "panic") return { system: [], own: faultingFrames(findings) };
  const user = stack.findIndex(isUser);
  const above = user < 0 ? stack : stack.slice(0, user);
  const end = above.findLastIndex((frame) => SWITCH.test(frame.function)) + 1;
  return { system: stack.slice(0, end), own: stack.slice(end).flatMap(frameLines) };
}

function header({ reason, m }: CoreFindings): string[] {
  switch (reason.kind) {
    case "panic":
      return [...panicLines(reason.panics), ...signalLine(reason.signal)];
    case "fatal":
      return [`fatal error: ${reason.message}`, ...signalLine(reason.signal)];
    case "fatal-unread":
      return [`fatal error: ${UNREAD[reason.by] ?? `found by ${reason.by}`}`];
    case "signal":
      return signalBlock(reason.signal, reason.inCgo, m);
    case "unread":
    case "none":
      return [];
  }
}

/** The only message some functions have. Source: runtime/proc.go, malloc.go. */
const UNREAD: Readonly<Record<string, string>> = {
  "runtime.checkdead": "all goroutines are asleep - deadlock!",
  "runtime.newstack": "stack overflow",
};

/** The oldest first; source: runtime/panic.go printpanics, error.go printpanicval. */
function panicLines(panics: readonly CorePanic[]): string[] {
  const oldestFirst = panics.toReversed();
  return oldestFirst.flatMap((panic, index) => {
    const before = oldestFirst[index - 1];
    if (panic.goexit || before?.repanicked) return [];
    const [first = "", ...rest] = panicText(panic).split("\n");
    const lines = [
      `${before && !before.goexit ? "\t" : ""}panic: ${first}`,
      ...rest.map((line) => `\t${line}`),
    ];
    if (panic.recovered)
      lines[lines.length - 1] += panic.repanicked ? " [recovered, repanicked]" : " [recovered]";
    return lines;
  });
}

function panicText({ value, type, address }: CorePanic): string {
  if (address !== undefined) return `(${type}) ${address}`;
  return type === undefined ? value : `${type}(${value})`;
}

function signalLine(signal: FaultSignal | undefined): string[] {
  if (!signal) return [];
  const { name, number, code, address, pc } = signal;
  const parts = [isException(number) ? `0x${number.toString(16)}` : `${name}: ${signalWords(number)}`];
  if (code !== undefined) parts.push(`code=0x${code.toString(16)}`);
  if (address !== undefined) parts.push(`addr=${address}`);
  if (pc !== undefined) parts.push(`pc=${pc}`);
  return [`[signal ${parts.join(" ")}]`];
}

function signalBlock(
  { name, number, code, address, pc, instruction }: FaultSignal,
  inCgo: boolean,
  m: number | undefined,
): string[] {
  if (isException(number)) {
    const words = [
      `0x${number.toString(16)}`,
      `0x${(code ?? 0).toString(16)}`,
      address ?? "0x0",
      pc ?? "0x0",
    ];
    const where = inCgo ? ["signal arrived during external code execution"] : [];
    return [`Exception ${words.join(" ")}`, `PC=${pc ?? "0x0"}`, ...where];
  }
  const parts = [`PC=${pc ?? "0x0"}`];
  if (m !== undefined) parts.push(`m=${m}`);
  if (code !== undefined) parts.push(`sigcode=${BigInt.asUintN(64, BigInt(code))}`);
  // Of the others the address is that of the instruction, which is not what was touched.
  if (code !== undefined && address !== undefined && TOUCHES.has(number)) parts.push(`addr=${address}`);
  const lines = [`${name}: ${signalWords(number)}`, parts.join(" ")];
  if (inCgo) lines.push("signal arrived during cgo execution");
  if (instruction)
    lines.push(`instruction bytes: ${instruction.map((byte) => `0x${byte.toString(16)}`).join(" ")}`);
  return lines;
}

/** SIGSEGV and SIGBUS. */
const TOUCHES = new Set([7, 11]);

function stateOfFaulting({ reason, goStack }: CoreFindings): string {
  return reason.kind === "signal" && goStack ? "syscall" : "running";
}

/** C frames in the form of a cgo symbolizer, then the Go side. */
function faultingFrames({ stack, goStack, native, reason }: CoreFindings): string[] {
  if (!goStack || reason.kind !== "signal") return stack.flatMap(frameLines);
  const c = native ?? stack.filter((frame) => frame.native);
  const nativeLines = c.flatMap(({ function: name, file, line, pc }) =>
    file !== undefined && line !== undefined ? [name, `\t${file}:${line} pc=${pc ?? "0x0"}`] : [],
  );
  return [...nativeLines, ...goStack.flatMap(frameLines)];
}

function frameLines(frame: CoreFrame): string[] {
  const { file, line, offset, native, pc } = frame;
  if (native) return [frame.function, `\t${file ?? "?"}:${line ?? 0} pc=${pc}`];
  const where = `\t${file ?? "??"}:${line ?? 0}${offset === undefined ? "" : ` +0x${offset.toString(16)}`}`;
  return [`${printedName(frame.function)}(${frame.args ?? ""})`, where];
}

/** `gopanic` is printed as what the user wrote; type arguments are left out. */
function printedName(name: string): string {
  if (name === "runtime.gopanic") return "panic";
  const bracket = name.indexOf("[");
  const end = name.lastIndexOf("]");
  return bracket >= 0 && end > bracket ? `${name.slice(0, bracket)}[...]${name.slice(end + 1)}` : name;
}

function goroutineText(id: number, group: CoreGroup): { id: number; system: boolean; text: string } {
  const lines = [
    `goroutine ${id} [${group.state}]:`,
    ...group.stack.flatMap(frameLines),
    ...creatorText(group),
  ];
  return { id, system: group.system, text: lines.join("\n") };
}

function creatorText({ createdBy }: CoreGroup): string[] {
  return createdBy
    ? [`created by ${printedName(createdBy.function)}`, `\t${createdBy.file}:${createdBy.line}`]
    : [];
}
