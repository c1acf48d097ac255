/**
 * "Wrap this C resource": writes a Go type that owns what a C call makes, with maker, Close, a cleanup for when
 * Close is forgotten, and a way to use the pointer that keeps the owner alive. Where the pointer stays in a function,
 * that function is rewritten to use it.
 */
import { RuleContext } from "../context.ts";
import type { FixBuilder } from "../edit/fix-builder.ts";
import type { FileModel } from "../model/file.ts";
import type { Fix, Span } from "../rule.ts";
import { argumentsOf, enclosingFunction, inLoop, listedStatement, type SyntaxNode } from "../syntax/node.ts";
import { type CConstructor, constructorOf, isReserved } from "./c-constructor.ts";

/** runtime.AddCleanup came with Go 1.24; before it, a finalizer does. */
const ADD_CLEANUP = 24;

/** For the C call at the selection; undefined where there is none that can be wrapped. */
export function wrapResource(file: FileModel, selection: Span): Fix | undefined {
  const context = new RuleContext(file);
  const made = callAt(file, selection, context);
  if (!made) return undefined;
  const names = namesFor(made, context);
  const builder = context.fix();
  const top = topOf(made.call);
  useWrapper(made, names, builder, context);
  builder.insert(endOfLine(file.text, top.end), `\n\n${declarations(made, names, builder, context)}`);
  if (made.release === "free") builder.include("stdlib.h");
  return builder.build("suggestion", {
    en: `Wrap in a Go type that calls C.${made.release} when it is closed`,
    zh: `封装为 Go 类型，关闭时调用 C.${made.release}`,
  });
}

/** The innermost call at the selection that makes something; that of the statement where the selection is beside it. */
function callAt(file: FileModel, { start, end }: Span, context: RuleContext): CConstructor | undefined {
  let found: CConstructor | undefined;
  for (const call of file.calls("C")) {
    const statement = listedStatement(call) ?? call;
    const isThere = (node: SyntaxNode) => node.start <= start && end <= node.end;
    if (!isThere(call) && !(isThere(statement) && !found && !enclosesBlock(statement))) continue;
    found = constructorOf(call, context) ?? found;
  }
  return found;
}

const enclosesBlock = (statement: SyntaxNode): boolean => statement.find("block").length > 0;

interface Names {
  readonly type: string;
  readonly maker: string;
  readonly receiver: string;
}

function namesFor({ stem, call }: CConstructor, context: RuleContext): Names {
  const word = stem.map((part, at) => (at === 0 ? part : capital(part))).join("") || "resource";
  const { pkg, imports } = context.file;
  const text = topOf(call).text;
  const isFree = (name: string) =>
    !isReserved(name) &&
    !PREDECLARED.has(name) &&
    !pkg.entity(name) &&
    !imports.some((i) => i.name === name) &&
    !new RegExp(`\\b${name}\\b`).test(text);
  const fits = (name: string) => isFree(name) && isFree(`new${capital(name)}`);
  const wanted = [word, `${word}Handle`];
  let type = wanted.find(fits);
  for (let n = 2; type === undefined; n++) if (fits(`${word}Handle${n}`)) type = `${word}Handle${n}`;
  return { type, maker: `new${capital(type)}`, receiver: type[0]! };
}

const PREDECLARED = new Set(
  "any append bool byte cap clear close complex copy delete error false float32 float64 imag int iota len make max min new nil panic print println real recover rune string true uint uintptr".split(
    " ",
  ),
);

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

function topOf(node: SyntaxNode): SyntaxNode {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  const line = end < 0 ? text.length : end;
  return text[line - 1] === "\r" ? line - 1 : line;
}

function declarations(made: CConstructor, names: Names, builder: FixBuilder, context: RuleContext): string {
  const runtime = builder.import("runtime");
  const withCleanup = context.since(ADD_CLEANUP);
  const { type, receiver: r } = names;
  const release = (ptr: string) => {
    const argument = made.releaseConverts ? `${builder.import("unsafe")}.Pointer(${ptr})` : ptr;
    return `C.${made.release}(${argument})`;
  };
  if (made.type.includes("unsafe.")) builder.import("unsafe");
  const fields = withCleanup ? [`ptr     ${made.type}`, `cleanup ${runtime}.Cleanup`] : [`ptr ${made.type}`];
  const article = /^[aeiou]/.test(type) ? "An" : "A";
  return [
    `// ${article} ${type} owns what C.${made.name} made. Close releases it; it must not be copied.`,
    `type ${type} struct {`,
    ...fields.map((field) => `\t${field}`),
    "}",
    "",
    ...constructorLines(made, names, builder, { runtime, withCleanup, release }),
    "",
    "// Close releases the C memory. It may be called again, but not while the pointer is in use.",
    `func (${r} *${type}) Close() error {`,
    `\tif ${r}.ptr == nil {`,
    "\t\treturn nil",
    "\t}",
    withCleanup ? `\t${r}.cleanup.Stop()` : `\t${runtime}.SetFinalizer(${r}, nil)`,
    `\t${release(`${r}.ptr`)}`,
    `\t${r}.ptr = nil`,
    `\t${runtime}.KeepAlive(${r})`,
    "\treturn nil",
    "}",
    "",
    `// use calls f with the C pointer, which is valid until f returns: without KeepAlive the garbage collector could`,
    `// find ${r} unused, and release the memory, while C still works with it.`,
    `func (${r} *${type}) use(f func(ptr ${made.type})) {`,
    `\tf(${r}.ptr)`,
    `\t${runtime}.KeepAlive(${r})`,
    "}",
  ].join("\n");
}

interface Pieces {
  readonly runtime: string;
  readonly withCleanup: boolean;
  readonly release: (ptr: string) => string;
}

function constructorLines(
  made: CConstructor,
  { type, maker, receiver: r }: Names,
  builder: FixBuilder,
  { runtime, withCleanup, release }: Pieces,
): string[] {
  const parameters = made.parameters.map(({ name, type: of }) => `${name} ${of}`).join(", ");
  const call = `C.${made.name}(${made.parameters.map(({ name }) => name).join(", ")})`;
  const { value } = made;
  const from = made.call.start - value.start;
  const converted = value.text.slice(0, from) + call + value.text.slice(from + made.call.text.length);
  // A parameter may have the receiver's letter.
  const own = made.parameters.some(({ name }) => name === r) ? "made" : r;
  const failing = made.canFail
    ? [
        "\tif ptr == nil {",
        `\t\treturn nil, ${builder.import("errors")}.New("C.${made.name} returned no memory")`,
        "\t}",
      ]
    : [];
  return [
    `func ${maker}(${parameters}) ${made.canFail ? `(*${type}, error)` : `*${type}`} {`,
    `\tptr := ${converted}`,
    ...failing,
    `\t${own} := &${type}{ptr: ptr}`,
    withCleanup
      ? `\t${own}.cleanup = ${runtime}.AddCleanup(${own}, func(ptr ${made.type}) { ${release("ptr")} }, ptr)`
      : `\t${runtime}.SetFinalizer(${own}, (*${type}).Close)`,
    `\treturn ${own}${made.canFail ? ", nil" : ""}`,
    "}",
  ];
}

/** Has the function that makes it use the wrapper, where every use of the pointer is seen there. */
function useWrapper(made: CConstructor, names: Names, builder: FixBuilder, context: RuleContext): void {
  const statement = listedStatement(made.call);
  const fn = enclosingFunction(made.call);
  if (!statement || !fn || inLoop(made.call)) return;
  const entity = context.file
    .locals(fn)
    .find((local) => local.assignments.length === 1 && local.assignments[0]!.value === made.value);
  const isOwn = /^(?:short_var_declaration|var_declaration)$/.test(statement.kind);
  if (!entity || !isOwn || entity.typeNode || !assignsOne(statement)) return;
  const uses = entity.references.map((node) => useOf(node, made, context));
  if (uses.includes(undefined)) return;
  const own = { variable: entity.name, ...names };
  builder.replace(statement, construction(made, own, fn, statement, builder, context));
  let isDeferred = false;
  for (const [at, use] of uses.entries()) {
    if (use!.kind === "release") {
      builder.replace(use!.node, `${entity.name}.Close()`);
      isDeferred ||=
        use!.node.parent?.kind === "defer_statement" && use!.node.above("func_literal") === undefined;
    } else builder.replace(entity.references[at]!, `${entity.name}.ptr`);
  }
  if (!isDeferred) builder.insertAfter(statement, [`defer ${entity.name}.Close()`]);
}

/** `x := ...`, and no second name or value. */
function assignsOne(statement: SyntaxNode): boolean {
  if (statement.kind === "short_var_declaration")
    return statement.field("left")?.children.length === 1 && statement.field("right")?.children.length === 1;
  const specs = statement.find("var_spec");
  return specs.length === 1 && specs[0]!.fields("name").length === 1;
}

type Use = { readonly kind: "release" | "borrow"; readonly node: SyntaxNode };

/** How the pointer is used in a place; undefined where it goes somewhere we do not see. */
function useOf(node: SyntaxNode, made: CConstructor, context: RuleContext): Use | undefined {
  const outer = context.converted(node);
  const { parent } = outer;
  const call = parent?.kind === "argument_list" ? parent.parent : undefined;
  if (call && context.target(call)?.path === "C") {
    if (!context.callsC(call, made.release)) return { kind: "borrow", node };
    const isStatement =
      call.parent?.kind === "expression_statement" || call.parent?.kind === "defer_statement";
    return isStatement && argumentsOf(call).length === 1 ? { kind: "release", node: call } : undefined;
  }
  if (outer !== node) return undefined;
  const isComparison =
    parent?.kind === "binary_expression" && /^[!=]=$/.test(parent.field("operator")?.kind ?? "");
  const isField = parent?.kind === "selector_expression" && !isAddressed(parent);
  return isComparison || isField ? { kind: "borrow", node } : undefined;
}

const isAddressed = (node: SyntaxNode): boolean =>
  node.parent?.kind === "unary_expression" && node.parent.field("operator")?.kind === "&";

function construction(
  made: CConstructor,
  { variable, maker }: Names & { readonly variable: string },
  fn: SyntaxNode,
  statement: SyntaxNode,
  builder: FixBuilder,
  context: RuleContext,
): string {
  const call = `${maker}(${argumentsOf(made.call)
    .map(({ text }) => text)
    .join(", ")})`;
  if (!made.canFail) return `${variable} := ${call}`;
  const indent = context.file.tree.lines.indentAt(statement.start);
  const error = errorName("err", fn, context, builder);
  const lines = [`${variable}, ${error} := ${call}`, `if ${error} != nil {`, `\t${onError(fn, error)}`, "}"];
  return lines.join(`\n${indent}`);
}

/** `err`, unless the function has a local of that name that may be something else. */
function errorName(wanted: string, fn: SyntaxNode, context: RuleContext, builder: FixBuilder): string {
  const known = context.file.locals(fn).filter(({ name }) => name === wanted);
  return known.length === 0 ? wanted : builder.freshName(wanted, fn);
}

/** Gives the error to the caller where the function has one to give; else there is nobody to tell. */
function onError(fn: SyntaxNode, error: string): string {
  const types = resultTypes(fn);
  if (types.at(-1)?.text !== "error") return `panic(${error})`;
  return `return ${[...types.slice(0, -1).map(zeroOf), error].join(", ")}`;
}

function resultTypes(fn: SyntaxNode): SyntaxNode[] {
  const result = fn.field("result");
  if (!result) return [];
  if (result.kind !== "parameter_list") return [result];
  return result.children.flatMap((declaration) => {
    const type = declaration.field("type");
    const count = Math.max(1, declaration.fields("name").length);
    return type ? Array<SyntaxNode>(count).fill(type) : [];
  });
}

function zeroOf(type: SyntaxNode): string {
  if (/^(?:pointer|slice|map|channel|function|interface)_type$/.test(type.kind)) return "nil";
  if (type.text === "error" || type.text === "any" || type.text === "unsafe.Pointer") return "nil";
  if (type.text === "string") return '""';
  if (type.text === "bool") return "false";
  if (/^(?:u?int(?:8|16|32|64)?|uintptr|byte|rune|float(?:32|64))$/.test(type.text)) return "0";
  return `*new(${type.text})`;
}
