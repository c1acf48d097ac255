/** 64-bit atomic functions on a field that a 32-bit system puts at a multiple of 4. */
import { buildLine } from "../../build/constraints.ts";
import { reaches } from "../../build/reach.ts";
import type { RuleContext } from "../../context.ts";
import { offset32 } from "../../model/layout32.ts";
import { type GoType, typeText } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "atomic-alignment",
  severity: "warning",
  cause: "runtime/sync-misuse/unaligned-atomic",
  title: {
    en: "64-bit atomic on a field that 32-bit systems do not align",
    zh: "64 位原子操作的字段在 32 位系统上没有对齐",
  },
  why: {
    en: "On 386, arm and mips a 64-bit field is aligned to 4 bytes; the atomic functions want 8 and panic with `unaligned 64-bit atomic operation`.",
    zh: "在 386、arm、mips 上，64 位字段只对齐到 4 字节；原子函数要求 8 字节，否则 panic：`unaligned 64-bit atomic operation`。",
  },
  page,
  anchors: ["sync/atomic"],
  *check(context) {
    if (!reaches(context.file, BITS32)) return;
    const seen = new Map<string, Field>();
    for (const call of context.file.calls("sync/atomic")) {
      const field = fieldOf(call, context);
      if (!field) continue;
      const known = seen.get(field.key);
      if (known) known.more.push(field.at);
      else seen.set(field.key, field);
    }
    for (const field of seen.values()) yield finding(field, context);
  },
};

const BITS32 = ["386", "arm", "mips", "mipsle"];
const FUNCTION = /^(Add|Load|Store|Swap|CompareAndSwap|And|Or)(Int64|Uint64)$/;

interface Field {
  readonly key: string;
  readonly at: SyntaxNode;
  readonly more: SyntaxNode[];
  readonly call: string;
  /** The struct that declares it, and its name in it. */
  readonly struct: string;
  readonly name: string;
  readonly offset: number;
}

/** The field a 64-bit atomic call is about, where it lies wrong. */
function fieldOf(call: SyntaxNode, context: RuleContext): Field | undefined {
  const name = context.target(call)!.name;
  const address = argumentsOf(call)[0] && bare(argumentsOf(call)[0]!);
  if (!FUNCTION.test(name) || address?.kind !== "unary_expression" || !isAddress(address)) return undefined;
  const at = bare(address.field("operand")!);
  const place = at.kind === "selector_expression" ? placed(at, context) : undefined;
  if (!place || place.offset % 8 === 0) return undefined;
  return {
    key: `${place.struct}.${place.name}`,
    at: address,
    more: [],
    call: name,
    struct: place.struct,
    name: place.name,
    offset: place.offset,
  };
}

const isAddress = (node: SyntaxNode): boolean => node.field("operator")?.kind === "&";

/** The offset of `s.inner.n` from the beginning of what is allocated. */
function placed(
  selector: SyntaxNode,
  context: RuleContext,
): { readonly struct: string; readonly name: string; readonly offset: number } | undefined {
  const { types } = context;
  const operand = bare(selector.field("operand")!);
  const name = selector.field("field")!.text;
  const type = types.typeOf(operand);
  const under = types.underlying(type);
  const holder = under.kind === "pointer" ? under.element : type;
  const own = offset32(holder, name, types);
  const struct = typeText(holder);
  if (own === undefined || struct === "") return undefined;
  if (under.kind === "pointer" || operand.kind === "identifier") return { struct, name, offset: own };
  // In a field of another struct it lies that much further; elements of arrays and what calls return are not followed.
  const outer = operand.kind === "selector_expression" ? placed(operand, context) : undefined;
  return outer && { struct, name, offset: outer.offset + own };
}

function finding(field: Field, context: RuleContext): RuleFinding {
  const { struct, name, offset, call } = field;
  const fix = asAtomicType(field, context);
  return {
    at: field.at,
    ...(!minds32(context) && { severity: "hint" as const }),
    message: {
      en: `On 32-bit systems ${name} lies at offset ${offset} of ${struct}, no multiple of 8: atomic.${call} panics there.`,
      zh: `在 32 位系统上，${name} 在 ${struct} 中的偏移是 ${offset}，不是 8 的倍数：atomic.${call} 会 panic。`,
    },
    related: field.more.map((at) => ({
      at,
      message: { en: "The same field is used here.", zh: "这里用的是同一个字段。" },
    })),
    ...(fix && { fixes: [fix] }),
  };
}

/** Whether a file of the package names a 32-bit system in its build line: its author builds for them. */
const minds32 = ({ file: { pkg } }: RuleContext): boolean =>
  pkg.fileNames.some((name) =>
    /\b(?:386|arm|mips|mipsle)\b/.test(buildLine(pkg.textOf(name).slice(0, 1 << 14)) ?? ""),
  );

/** Types of sync/atomic that align themselves came with Go 1.19. */
const TYPES = 19;

/** The field as atomic.Int64 with its methods, where every use is seen and is one of an atomic function. */
function asAtomicType(field: Field, context: RuleContext): Fix | undefined {
  const { file } = context;
  const declared = file.pkg.declared(field.struct);
  if (!context.since(TYPES) || declared?.file !== file || !isUsedHere(field.name, context)) return undefined;
  const list = declared.entity.typeNode?.child("field_declaration_list");
  const declaration = list?.children.find((d) => d.fields("name").some((n) => n.text === field.name));
  const typeNode = declaration?.field("type");
  const wanted = typeNode && { int64: "Int64", uint64: "Uint64" }[typeNode.text];
  if (!declaration || !wanted || declaration.fields("name").length !== 1) return undefined;
  if (isCopied(field.struct, context)) return undefined;
  const calls = callsOn(field, context);
  if (!calls) return undefined;
  const builder = context.fix();
  const atomic = builder.import("sync/atomic");
  builder.replace(typeNode, `${atomic}.${wanted}`);
  for (const { call, selector } of calls) {
    const [, verb] = FUNCTION.exec(context.target(call)!.name)!;
    const rest = argumentsOf(call).slice(1);
    builder.replace(call, `${selector.text}.${verb}(${rest.map((a) => a.text).join(", ")})`);
  }
  return builder.build("fix", {
    en: `Make ${field.name} an atomic.${wanted}, which aligns itself`,
    zh: `把 ${field.name} 改成会自动对齐的 atomic.${wanted}`,
  });
}

/** No other file of the package names such a field. */
const isUsedHere = (name: string, { file }: RuleContext): boolean =>
  /^\p{Ll}|^_/u.test(name) &&
  file.pkg.fileNames.every(
    (other) => other === file.name || !new RegExp(`\\b${name}\\b`).test(file.pkg.textOf(other)),
  );

/** Values of the struct must not be copied once it holds an atomic; whether they are shows in how its name stands. */
function isCopied(struct: string, { file }: RuleContext): boolean {
  const plain = new RegExp(`(?<!\\*|&|\\btype |\\bnew\\(|\\bvar \\w+ |[\\w.])${struct}\\b`);
  return file.pkg.fileNames.some((name) => plain.test(withoutComments(file.pkg.textOf(name))));
}

const withoutComments = (text: string): string =>
  text.replace(/\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "");

interface FieldCall {
  readonly call: SyntaxNode;
  readonly selector: SyntaxNode;
}

/** Every use of the field, each `atomic.F64(&s.field, ...)`; undefined where one is something else, or not known. */
function callsOn(field: Field, context: RuleContext): FieldCall[] | undefined {
  const calls: FieldCall[] = [];
  let odd = false;
  for (const top of context.file.declarations) {
    if (odd || top.kind === "comment" || !top.chunk.text.includes(field.name)) continue;
    top.walk((node) => {
      if (node.kind === "keyed_element" && node.children[0]?.text === field.name) odd = true;
      if (node.kind !== "selector_expression" || node.field("field")?.text !== field.name) return;
      const holder = holderOf(node, context);
      if (holder !== undefined && holder !== field.struct) return;
      const call = holder === undefined ? undefined : atomicCall(node, context);
      if (call) calls.push({ call, selector: node });
      else odd = true;
    });
  }
  return odd ? undefined : calls;
}

function holderOf(selector: SyntaxNode, context: RuleContext): string | undefined {
  if (context.file.qualified(selector)) return "";
  const type: GoType = context.types.typeOf(selector.field("operand")!);
  const holder = type.kind === "pointer" ? type.element : type;
  return holder.kind === "named" ? typeText(holder) : undefined;
}

function atomicCall(selector: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  const address = selector.parent;
  const call = address?.parent?.kind === "argument_list" ? address.parent.parent : undefined;
  if (!address || !isAddress(address) || call?.kind !== "call_expression") return undefined;
  const target = context.target(call);
  return target?.path === "sync/atomic" && FUNCTION.test(target.name) && argumentsOf(call)[0] === address
    ? call
    : undefined;
}
