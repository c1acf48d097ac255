/**
 * Values as Delve's own console words them: what recipes say is seen was seen there, and DAP words it otherwise. Pure.
 * Source: what `print`, `args -v` and `locals -v` of Delve 1.27 print for each of Go's kinds.
 */
import { type ApiLoadConfig, type ApiVariable, Kind } from "./api.ts";

/** What the console loads: with `-v` and of `print`, and of a bare `args`. */
export const CONSOLE_LOAD: ApiLoadConfig = {
  FollowPointers: true,
  MaxVariableRecurse: 1,
  MaxStringLen: 64,
  MaxArrayValues: 64,
  MaxStructFields: -1,
};
export const CONSOLE_SHORT: ApiLoadConfig = {
  FollowPointers: false,
  MaxVariableRecurse: 0,
  MaxStringLen: 64,
  MaxArrayValues: 0,
  MaxStructFields: 3,
};

interface Style {
  /** The value itself, and no part of another. */
  readonly top: boolean;
  readonly typed: boolean;
  /** Members stand on lines of their own where one of them is large. */
  readonly tall: boolean;
  readonly indent: string;
}

const PART = { top: false, typed: false };
/** A longer string makes a value tall. */
const SHORT_STRING = 7;

/** The value, over several lines (`tall`) or in one. */
export function consoleValue(variable: ApiVariable, tall: boolean): string {
  return worded(variable, { top: true, typed: true, tall, indent: "" });
}

function worded(variable: ApiVariable, style: Style): string {
  const { kind, value, type, addr, unreadable, children } = variable;
  const [first] = children ?? [];
  if (unreadable) return `(unreadable ${unreadable})`;
  if (!style.top && addr === 0 && value === "") return style.typed && type !== "void" ? `${type} nil` : "nil";
  switch (kind) {
    case Kind.slice:
    case Kind.array:
      return sequence(variable, style);
    case Kind.pointer:
      return pointer(variable, first, style);
    case Kind.unsafePointer:
      return `unsafe.Pointer(${first ? hex(first.addr) : "nil"})`;
    case Kind.chan:
      if (style.tall) return struct(variable, style);
      return first ? `${type} ${first.value}/${children![1]?.value}` : `${type} nil`;
    case Kind.struct:
      if (value === "") return struct(variable, style);
      return `${type}(${value})${struct(variable, { ...style, typed: false })}`;
    case Kind.interface:
      return dynamic(variable, first, style);
    case Kind.map:
      return map(variable, style);
    case Kind.func:
      return value === "" ? "nil" : closure(variable, style);
    case Kind.string:
      return text(variable);
    default:
      return number(variable);
  }
}

function pointer({ type }: ApiVariable, target: ApiVariable | undefined, style: Style): string {
  if (type === "" || !target) return "nil";
  const address = `(${quotedPath(type)})(${hex(target.addr)})`;
  if (target.onlyAddr && target.addr !== 0) return address;
  const head = style.top && style.tall && target.addr !== 0 ? `${address}\n` : "";
  return `${head}*${worded(target, { ...style, top: false })}`;
}

function dynamic(variable: ApiVariable, data: ApiVariable | undefined, style: Style): string {
  const { type, addr } = variable;
  if (addr === 0 || !data) return "nil";
  let head = "";
  if (style.typed) {
    if (data.kind === Kind.invalid) {
      if (data.addr === 0) return `${type} nil`;
      head = `${type} `;
    } else head = `${type}(${data.type}) `;
  }
  const inner = { ...style, top: false, typed: !style.typed };
  const [target] = data.children ?? [];
  if (data.kind === Kind.pointer) {
    if (!target) return `${head}...`;
    if (target.addr === 0) return `${head}nil`;
    if (target.onlyAddr) return `${head}${hex(data.addr)}`;
  } else if (data.onlyAddr) return `${head}*(*${quotedPath(type)})(${hex(addr)})`;
  return head + worded(data, inner);
}

function sequence(variable: ApiVariable, style: Style): string {
  const { kind, type, len, cap, base } = variable;
  const children = variable.children ?? [];
  const slice = kind === Kind.slice;
  const head = !style.typed ? "" : slice ? `${type} len: ${len}, cap: ${cap}, ` : `${type} `;
  if (slice && base === 0 && children.length === 0) return `${head}nil`;
  const tall = style.tall && children.length > 0 && isLarge(children, true);
  const indent = `${style.indent}\t`;
  const line = tall ? `\n${indent}` : "";
  const parts = children.map((each) => line + worded(each, { ...PART, tall, indent }));
  let list = parts.join(",") + (tall ? "," : "");
  if (children.length !== len) {
    if (children.length === 0) list += "...";
    else list += `${tall ? line : ","}...+${len - children.length} more`;
  }
  return `${head}[${list}${tall ? `\n${style.indent}` : ""}]`;
}

function struct(variable: ApiVariable, style: Style): string {
  const { type, addr, len } = variable;
  const children = variable.children ?? [];
  if (len !== 0 && children.length === 0) return `(*${quotedPath(type)})(${hex(addr)})`;
  const tall = style.tall && children.length > 0 && isLarge(children, false);
  const indent = `${style.indent}\t`;
  const line = tall ? `\n${indent}` : "";
  const parts = children.map(
    (each) => `${line}${each.name}: ${worded(each, { top: false, typed: true, tall, indent })}`,
  );
  let list = parts.join(tall ? "," : ", ") + (tall ? "," : "");
  if (children.length !== len) list += `${tall ? line : ","}...+${len - children.length} more`;
  return `${style.typed ? `${type} ` : ""}{${list}}`;
}

/** Keys and values take turns. */
function map(variable: ApiVariable, style: Style): string {
  const { type, len, base } = variable;
  const children = variable.children ?? [];
  const head = style.typed ? `${type} ` : "";
  if (base === 0 && children.length === 0) return `${head}nil`;
  const tall = style.tall && children.length > 0;
  const indent = `${style.indent}\t`;
  const line = tall ? `\n${indent}` : "";
  let list = "";
  for (let at = 0; at + 1 < children.length; at += 2) {
    const key = worded(children[at]!, { ...PART, tall: false, indent });
    list += `${line}${key}: ${worded(children[at + 1]!, { ...PART, tall, indent })}, `;
  }
  const shown = children.length / 2;
  if (shown !== len) list += shown === 0 ? "..." : `${tall ? line : ","}...+${len - shown} more`;
  return `${head}[${list}${tall ? `\n${style.indent}` : ""}]`;
}

function closure({ value, children }: ApiVariable, { tall, indent }: Style): string {
  if (!tall || !children || children.length === 0) return value;
  const inner = `${indent}\t`;
  const captured = children.map(
    (each) => `${inner}${each.name} ${each.type} = ${worded(each, { ...PART, tall, indent: inner })}\n`,
  );
  return `${value} {\n${captured.join("")}${indent}}`;
}

function text({ value, len }: ApiVariable): string {
  const bytes = Buffer.byteLength(value);
  return goQuoted(bytes === len ? value : `${value}...+${len - bytes} more`);
}

function number({ kind, value, children }: ApiVariable): string {
  if (value === "" && kind !== Kind.complex128 && kind !== Kind.complex128 - 1)
    return kind === Kind.invalid ? "(unknown invalid)" : "(unknown)";
  const [real, imaginary] = children ?? [];
  return real && imaginary ? `(${real.value} + ${imaginary.value}i)` : value;
}

/** Whether a member takes a line of its own. Of an array, the first stands for all but strings. */
function isLarge(children: readonly ApiVariable[], alike: boolean): boolean {
  for (const child of alike ? children.slice(0, 1) : children) {
    let inner = child;
    let pointed = false;
    while (inner.kind === Kind.pointer) {
      pointed = true;
      if (!inner.children?.[0]) break;
      inner = inner.children[0];
    }
    if (AGGREGATES.has(inner.kind)) return true;
    if (inner.kind !== Kind.string) continue;
    const strings = alike ? children : [child];
    if (pointed || strings.some(({ value }) => Buffer.byteLength(value) > SHORT_STRING)) return true;
  }
  return false;
}

const AGGREGATES = new Set<number>([Kind.slice, Kind.array, Kind.struct, Kind.map, Kind.interface]);

const hex = (address: number) => `0x${BigInt(Math.trunc(address)).toString(16)}`;

/** A type's name with its package's path can be typed again only in quotes. */
const quotedPath = (type: string) => (type.includes("/") ? goQuoted(type) : type);

const ESCAPES: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};
const PRINTABLE = /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** As Go's %q. */
export function goQuoted(value: string): string {
  let quoted = "";
  for (const char of value) {
    const code = char.codePointAt(0)!;
    if (ESCAPES[char] !== undefined) quoted += ESCAPES[char];
    else if (PRINTABLE.test(char)) quoted += char;
    else if (code < 0x80) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, "0")}`;
    else quoted += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `"${quoted}"`;
}

export interface MemoryFormat {
  readonly base: "hex" | "dec" | "oct" | "bin";
  /** Bytes of a word, 1 to 8. */
  readonly size: number;
}

const COLUMNS = { hex: 8, dec: 8, oct: 8, bin: 4 } as const;

/** Lines of `examinemem`, of a little-endian machine. */
export function consoleMemory(address: number, bytes: Buffer, { base, size }: MemoryFormat): string[] {
  const words = { hex: 2, dec: 3, oct: 3, bin: 8 }[base] * size;
  const radix = { hex: 16, dec: 10, oct: 8, bin: 2 }[base];
  const head = { hex: "0x", dec: "", oct: "0", bin: "" }[base];
  const row = COLUMNS[base] * size;
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += row) {
    const cells: string[] = [];
    for (let from = at; from + size <= Math.min(at + row, bytes.length); from += size) {
      let word = 0n;
      for (let n = size - 1; n >= 0; n--) word = (word << 8n) | BigInt(bytes[from + n]!);
      cells.push(head + word.toString(radix).padStart(words, "0"));
    }
    lines.push(`${hex(address + at)}:   ${cells.join("   ")}`);
  }
  return lines;
}
