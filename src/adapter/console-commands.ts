/** Commands of Delve's console that recipes use, asked over JSON-RPC and answered in the console's words. */
import {
  type ApiGoroutine,
  type ApiLocation,
  type ApiStackframe,
  type EvalScope,
  GoroutineField,
  type GoroutineFilter,
  Kind,
} from "../delve/api.ts";
import { CONSOLE_LOAD, consoleMemory, type MemoryFormat } from "../delve/console.ts";
import { Ask } from "../delve/inspect/ask.ts";
import { stateOf, waitReasons } from "../delve/inspect/states.ts";
import { DelveProblem } from "../delve/problem.ts";
import type { RpcClient } from "../delve/rpc.ts";
import type { Hit } from "./hit.ts";

const GOROUTINES = 4096;
const LISTED = 200;
const DEFAULT_DEPTH = 10;
const WAITING = 4;

const nameOf = ({ function: f }: ApiLocation) => f?.name ?? "?";
const hex = (address: number) => `0x${BigInt(Math.trunc(address)).toString(16)}`;
const located = (at: ApiLocation) => `${at.file}:${at.line} ${nameOf(at)} (${hex(at.pc)})`;

export function stackWords(frames: readonly ApiStackframe[], indent = ""): string[] {
  return frames.flatMap((frame, index) => [
    `${indent}${index}  0x${frame.pc.toString(16).padStart(16, "0")} in ${nameOf(frame)}`,
    `${indent}   at ${frame.file}:${frame.line}`,
  ]);
}

/** `> [golm1] main.f() /src/main.go:12 (hits goroutine(1):1 total:1)` */
export function stopWords({ breakpoint, place, goroutine }: Hit): string {
  const at = place ? `${nameOf(place)}() ${place.file}:${place.line}` : "?";
  if (!breakpoint) return `> ${at}`;
  const { WatchExpr, name, id, hitCount, totalHitCount } = breakpoint;
  const named = WatchExpr === "" ? `[${name || `Breakpoint ${id}`}]` : `watchpoint on [${WatchExpr}]`;
  const own = hitCount?.[String(goroutine)];
  const hits =
    own === undefined ? `total:${totalHitCount}` : `goroutine(${goroutine}):${own} total:${totalHitCount}`;
  return `> ${named} ${at} (hits ${hits})`;
}

const FILTERS: Readonly<Record<string, number>> = {
  curloc: GoroutineField.currentLoc,
  userloc: GoroutineField.userLoc,
  goloc: GoroutineField.goLoc,
  startloc: GoroutineField.startLoc,
  label: GoroutineField.label,
  running: GoroutineField.running,
  user: GoroutineField.user,
};

/** `goroutines [-with|-without FIELD [TEXT]] [-t [DEPTH]]`; groups are not made: every member is listed. */
export async function goroutineWords(rpc: RpcClient, flags: readonly string[]): Promise<string[]> {
  const filters: GoroutineFilter[] = [];
  let depth: number | undefined;
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at]!;
    if (flag === "-t") {
      depth = Number(flags[at + 1]) || DEFAULT_DEPTH;
    } else if (flag === "-with" || flag === "-without") {
      const field = flags[++at] ?? "";
      const given = flags[at + 1];
      const Arg = given === undefined || given.startsWith("-") ? "" : given;
      filters.push({ Kind: FILTERS[field] ?? GoroutineField.none, Negated: flag === "-without", Arg });
    }
  }
  const [{ Goroutines }, reasons] = await Promise.all([
    rpc.goroutines({ count: GOROUTINES, filters }),
    waitReasons(new Ask(rpc)),
  ]);
  const all = Goroutines ?? [];
  const lines: string[] = [];
  for (const each of all.slice(0, LISTED)) {
    lines.push(`  Goroutine ${each.id} - User: ${located(each.userCurrentLoc)}${waits(each, reasons)}`);
    if (depth === undefined) continue;
    lines.push(...stackWords(await rpc.stacktrace(each.id, depth).catch(() => []), "\t"));
  }
  lines.push(`[${all.length} goroutines]`);
  return lines;
}

function waits(each: ApiGoroutine, reasons: readonly string[]): string {
  return each.status === WAITING && each.waitReason > 0 ? ` [${stateOf(each, reasons)}]` : "";
}

/** What a bare `goroutine` says. */
export async function goroutineWord(rpc: RpcClient, id: number): Promise<string[]> {
  const { Goroutines } = await rpc.goroutines({ count: GOROUTINES });
  const found = Goroutines?.find((each) => each.id === id);
  if (!found) return [`Goroutine ${id}`];
  return [
    `Goroutine ${id}:`,
    `\tRuntime: ${located(found.currentLoc)}`,
    `\tUser: ${located(found.userCurrentLoc)}`,
    `\tGo: ${located(found.goStatementLoc)}`,
    `\tStart: ${located(found.startLoc)}`,
  ];
}

export async function threadWords(rpc: RpcClient): Promise<string[]> {
  const threads = [...(await rpc.threads())].sort((a, b) => a.id - b.id);
  return threads.map(
    (each) => `  Thread ${each.id} at ${hex(each.pc)} ${each.file}:${each.line} ${nameOf(each)}`,
  );
}

export async function breakpointWords(rpc: RpcClient): Promise<string[]> {
  return (await rpc.breakpoints()).flatMap((each) => [
    `Breakpoint ${each.name || each.id} (enabled) at ${hex(each.addr)} for ${each.functionName ?? "?"}() ${each.file}:${each.line} (${each.totalHitCount})`,
    ...(each.Cond ? [`\tcond ${each.Cond}`] : []),
  ]);
}

export async function registerWords(rpc: RpcClient, scope: EvalScope): Promise<string[]> {
  return (await rpc.registers({ scope })).map(({ Name, Value }) => `${Name.padStart(9)} = ${Value}`);
}

const BASES: Readonly<Record<string, MemoryFormat["base"]>> = {
  hex: "hex",
  hexadecimal: "hex",
  dec: "dec",
  decimal: "dec",
  oct: "oct",
  octal: "oct",
  bin: "bin",
  binary: "bin",
};
const MOST_BYTES = 4096;

/** `examinemem [-fmt F] [-count N] [-size N] ADDRESS | -x EXPRESSION`. Throws a DelveProblem. */
export async function memoryWords(rpc: RpcClient, scope: EvalScope, command: string): Promise<string[]> {
  const flag = (name: string) => new RegExp(`(?:^|\\s)-${name} (\\S+)`).exec(command)?.[1];
  const size = Math.min(8, Math.max(1, Number(flag("size")) || 1));
  const count = Math.max(1, Number(flag("count") ?? flag("len")) || 1);
  const expression = /(?:^|\s)-x\s+(.+)$/.exec(command)?.[1];
  const plain = command.trim().split(/\s+/).at(-1) ?? "";
  const address = expression === undefined ? Number(plain) : await addressOf(rpc, scope, expression);
  if (!Number.isSafeInteger(address))
    throw new DelveProblem("delveRefused", "ExamineMemory", expression ?? plain);
  const bytes = await rpc.memory(address, Math.min(MOST_BYTES, count * size));
  return consoleMemory(address, bytes, { base: BASES[flag("fmt") ?? "hex"] ?? "hex", size });
}

async function addressOf(rpc: RpcClient, scope: EvalScope, expression: string): Promise<number> {
  const variable = await rpc.evaluate(expression, scope, CONSOLE_LOAD);
  if (variable.kind === Kind.pointer) return variable.children?.[0]?.addr ?? Number.NaN;
  return Number(/\((\d+)\)$/.exec(variable.value)?.[1] ?? variable.value);
}
