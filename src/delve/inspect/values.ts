/** Delve's variables as Go writes values, in one bounded line. Pure. */
import { type ApiVariable, Kind, VariableFlag } from "../api.ts";
import type { CoreValue } from "./findings.ts";

const LONGEST = 300;
const ELEMENTS = 16;
const DEEPEST = 4;

export function coreValue(variable: ApiVariable): CoreValue {
  const { name, type, unreadable } = variable;
  if (unreadable) return { name, type, text: "", unreadable };
  const text = valueText(variable);
  // The type stands beside the name already.
  return { name, type, text: shortened(text.startsWith(`${type} `) ? text.slice(type.length + 1) : text) };
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

export function valueText(variable: ApiVariable, depth = 0): string {
  const { kind, value, children, len, unreadable } = variable;
  if (unreadable) return "?";
  const parts = children ?? [];
  switch (kind) {
    case Kind.string:
      return stringText(value, len);
    case Kind.pointer:
      return pointerText(variable, depth);
    case Kind.unsafePointer:
    case Kind.uintptr:
      return address(value);
    case Kind.slice:
      if (variable.base === 0 && len === 0) return "nil";
      return `${typeName(variable)} len ${len} cap ${variable.cap} ${list(parts, len, depth)}`;
    case Kind.array:
      return `${typeName(variable)} ${list(parts, len, depth)}`;
    case Kind.map:
      return variable.base === 0 ? "nil map" : `${typeName(variable)} len ${len} ${pairs(parts, len, depth)}`;
    case Kind.struct:
      return ofSync(variable) ?? (depth >= DEEPEST ? "{…}" : `{${members(parts, depth)}}`);
    case Kind.interface:
      return interfaceText(parts[0], depth);
    case Kind.chan:
      return chanText(variable);
    case Kind.func:
      return value === "" ? "nil func" : value;
    case Kind.bool:
      return value;
    default:
      return value === "" ? "?" : value;
  }
}

function stringText(value: string, length: number): string {
  const text = JSON.stringify(value);
  // Delve counts bytes, and cuts what it was told to cut.
  return Buffer.byteLength(value) < length ? `${text}… (len ${length})` : text;
}

function pointerText(variable: ApiVariable, depth: number): string {
  const target = variable.children?.[0];
  if (!target || target.addr === 0) return "nil";
  const at = `0x${BigInt(target.addr).toString(16)}`;
  if (target.onlyAddr || depth >= DEEPEST) return at;
  // An address the program cannot have read from either.
  if (target.unreadable) return `${at} (unreadable)`;
  if (target.kind === Kind.invalid) return at;
  return `*${valueText(target, depth + 1)}`;
}

function interfaceText(dynamic: ApiVariable | undefined, depth: number): string {
  if (!dynamic || (dynamic.kind === Kind.invalid && dynamic.addr === 0)) return "nil";
  const text = valueText(dynamic, depth + 1);
  return `${dynamic.type || "?"}(${text})`;
}

function list(parts: readonly ApiVariable[], length: number, depth: number): string {
  if (depth >= DEEPEST) return "[…]";
  const shown = parts.slice(0, ELEMENTS).map((each) => valueText(each, depth + 1));
  if (length > shown.length) shown.push("…");
  return `[${shown.join(" ")}]`;
}

/** Delve shows a channel's header as its members. */
function chanText(variable: ApiVariable): string {
  const member = (name: string) => variable.children?.find((each) => each.name === name)?.value;
  const [filled, capacity, closed] = [member("qcount"), member("dataqsiz"), member("closed")];
  if (filled === undefined || capacity === undefined) return variable.base === 0 ? "nil" : typeName(variable);
  const isClosed = closed !== undefined && closed !== "0";
  return `${typeName(variable)} len ${filled} cap ${capacity}${isClosed ? " closed" : ""}`;
}

/** Keys and values take turns. */
function pairs(parts: readonly ApiVariable[], length: number, depth: number): string {
  if (depth >= DEEPEST) return "[…]";
  const shown: string[] = [];
  for (let at = 0; at + 1 < parts.length && shown.length < ELEMENTS; at += 2)
    shown.push(`${valueText(parts[at]!, depth + 1)}:${valueText(parts[at + 1]!, depth + 1)}`);
  if (length > shown.length) shown.push("…");
  return `[${shown.join(" ")}]`;
}

function members(parts: readonly ApiVariable[], depth: number): string {
  return parts
    .filter(({ name }) => name !== "_")
    .map((each) => `${each.name}: ${valueText(each, depth + 1)}`)
    .join(", ");
}

const WAITERS = 0x7fffffffn;

/**
 * What the counters inside of a lock or an atomic mean; undefined for other types, and where Delve was told not to look
 * so deep. Sources: sync, internal/sync and sync/atomic of Go 1.22 to 1.27.
 */
function ofSync(variable: ApiVariable): string | undefined {
  const type = variable.realType || variable.type;
  if (/^sync\/atomic\.(?:Bool|U?[Ii]nt(?:32|64)|Uintptr)$/.test(type)) {
    const value = variable.children?.find(({ name }) => name === "v")?.value;
    return value !== undefined && type.endsWith("Bool") ? String(value !== "0") : value;
  }
  switch (type) {
    case "sync.Mutex": {
      const state = counter(variable, "state");
      return state === undefined ? undefined : lockText(state);
    }
    case "sync.RWMutex": {
      const count = counter(variable, "readerCount");
      if (count === undefined) return undefined;
      if (count >= 0n) return `{readers: ${count}}`;
      // A writer takes 2^30 from the count, and waits for those who read already.
      const readers = count + (1n << 30n);
      return counter(variable, "readerWait") ? `{readers: ${readers}, writer: waiting}` : "{writer: true}";
    }
    case "sync.WaitGroup": {
      const state = counter(variable, "state");
      if (state === undefined) return undefined;
      return `{counter: ${BigInt.asIntN(32, state >> 32n)}, waiters: ${state & WAITERS}}`;
    }
    case "sync.Once": {
      const done = counter(variable, "done");
      return done === undefined ? undefined : `{done: ${done !== 0n}}`;
    }
  }
  return undefined;
}

/** Bits of a mutex' state: locked, woken, starving, and the waiters above. */
function lockText(state: bigint): string {
  const waiters = BigInt.asUintN(32, state) >> 3n;
  return `{locked: ${(state & 1n) !== 0n}${waiters > 0n ? `, waiters: ${waiters}` : ""}}`;
}

/** A number by its name, however it is wrapped. */
function counter(variable: ApiVariable, name: string): bigint | undefined {
  for (const each of variable.children ?? []) {
    if (each.name === name) {
      const { value } = each.children?.find((inner) => inner.name === "v") ?? each;
      return /^-?\d+$/.test(value)
        ? BigInt(value)
        : /^(?:true|false)$/.test(value)
          ? BigInt(value === "true")
          : undefined;
    }
    if (each.name === "mu") {
      const inner = counter(each, name);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function typeName({ type, realType }: ApiVariable): string {
  return type || realType;
}

function address(value: string): string {
  return /^\d+$/.test(value) ? `0x${BigInt(value).toString(16)}` : value;
}

/** Where each part of these variables lies, by its path: `shared.mu`. For telling which lock an address is. */
export function addressNames(variables: readonly ApiVariable[]): Map<number, string> {
  const found = new Map<number, string>();
  const walk = (variable: ApiVariable, path: string, depth: number) => {
    if (variable.unreadable || depth > DEEPEST || found.size > MOST_NAMES) return;
    const { kind, addr, base, children } = variable;
    // A struct shares its address with its first member: the outer name comes first, and the inner one is exact.
    if (addr !== 0) found.set(addr, path);
    if (kind === Kind.chan && base !== 0) found.set(base, path);
    if (kind !== Kind.struct && kind !== Kind.pointer) return;
    if (isLock(variable)) return;
    for (const child of children ?? [])
      walk(child, child.name === "" ? path : `${path}.${child.name}`, depth + 1);
  };
  for (const each of variables) if (each.name !== "" && !each.name.startsWith("~")) walk(each, each.name, 0);
  return found;
}

const MOST_NAMES = 2000;

function isLock({ type, realType }: ApiVariable): boolean {
  return /^sync\.(?:RW)?Mutex$/.test(type) || /^sync\.(?:RW)?Mutex$/.test(realType);
}

/** Arguments as the runtime's traceback prints them: words in hexadecimal, aggregates in braces, `_` for the unread. */
export function argumentWords(args: readonly ApiVariable[]): string {
  return args
    .filter(({ flags }) => (flags & VariableFlag.returnArgument) === 0)
    .map(words)
    .join(", ");
}

function words(variable: ApiVariable): string {
  const { kind, value, unreadable, len, cap, base, children } = variable;
  const hex = (number: number) => `0x${BigInt(Math.trunc(number)).toString(16)}`;
  if (unreadable) return "_";
  switch (kind) {
    case Kind.string:
      return `{${hex(base)}, ${hex(len)}}`;
    case Kind.slice:
      return `{${hex(base)}, ${hex(len)}, ${hex(cap)}}`;
    case Kind.pointer:
      return hex(children?.[0]?.addr ?? 0);
    case Kind.map:
    case Kind.chan:
      return hex(base);
    case Kind.bool:
      return value === "true" ? "0x1" : "0x0";
    case Kind.interface:
      return interfaceWords(children?.[0]);
    case Kind.struct:
    case Kind.array:
      return (children?.length ?? 0) > 0 ? `{${children!.map(words).join(", ")}}` : "_";
    default:
      return /^-?\d+$/.test(value) ? `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}` : "_";
  }
}

/** The type word is the linker's business: only nil is told from the rest. */
function interfaceWords(dynamic: ApiVariable | undefined): string {
  if (!dynamic || (dynamic.kind === Kind.invalid && dynamic.addr === 0)) return "{0x0, 0x0}";
  return "{_, _}";
}
