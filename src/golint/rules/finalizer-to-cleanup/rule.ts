/** A finalizer that only gives a C handle back, where runtime.AddCleanup does it without the object. */
import { type FinalizerCall, finalizedTypes, finalizerCalls, wayFrom } from "../../cgo/finalizers.ts";
import { leadsNowhere, type PlainRelease, plainRelease } from "../../cgo/plain-finalizer.ts";
import { RuleContext } from "../../context.ts";
import type { Entity } from "../../model/entity.ts";
import type { GoType } from "../../model/types.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "finalizer-to-cleanup",
  severity: "hint",
  cause: "native/finalizer/cycle-never-runs",
  title: { en: "A finalizer that could be a cleanup", zh: "可以改用 AddCleanup 的 finalizer" },
  why: {
    en: "A finalizer keeps the object and all it refers to for one more collection, never runs for an object in a cycle, is fatal when set twice or inside a block, and can be set on the start of an allocation alone. A cleanup has none of that.",
    zh: "finalizer 会让对象及其引用的一切多存活一轮 GC；对象处在环中时永远不会运行；重复设置或设在内存块中间都会致命退出。AddCleanup 没有这些问题。",
  },
  page,
  anchors: ["SetFinalizer"],
  *check(context) {
    if (!context.since(CLEANUP)) return;
    for (const call of finalizerCalls(context)) {
      const found = call.form === "SetFinalizer" ? finding(call, context) : undefined;
      if (found) yield found;
    }
  },
};

/** runtime.AddCleanup came with Go 1.24. */
const CLEANUP = 24;

interface Candidate {
  readonly call: FinalizerCall;
  readonly object: Entity;
  readonly type: string;
  readonly release: PlainRelease;
}

function finding(call: FinalizerCall, context: RuleContext): RuleFinding | undefined {
  const object = bare(call.object).kind === "identifier" ? context.file.local(bare(call.object)) : undefined;
  const type = object && context.types.typeOfEntity(object);
  if (type?.kind !== "pointer" || type.element.kind !== "named" || type.element.package !== "")
    return undefined;
  const name = type.element.name;
  const release = plainRelease(call, name, context.file);
  // Finalizers run in the order of references, cleanups in none.
  if (!release || !isAlone(name, type.element, context)) return undefined;
  const candidate = { call, object: object!, type: name, release };
  const changes = changesOf(candidate, context);
  if (!changes) return undefined;
  const fix = asCleanup(candidate, changes, context);
  const what = `${release.call.field("function")!.text}(${release.self.name}.${release.field})`;
  return {
    at: call.call,
    message: {
      en: `All this finalizer does is ${what}: runtime.AddCleanup does it without keeping ${object!.name} for another collection, and in cycles too.`,
      zh: `这个 finalizer 只做了 ${what}：改用 runtime.AddCleanup，不必让 ${object!.name} 多存活一轮 GC，处在环中也会运行。`,
    },
    ...(fix && { fixes: [fix] }),
  };
}

/** One call sets the type's finalizer, and its fields lead to no other type that has one. */
function isAlone(name: string, type: GoType, context: RuleContext): boolean {
  const { pkg } = context.file;
  const set = pkg.fileNames.flatMap((file) =>
    pkg.textOf(file).includes("SetFinalizer") ? finalizerCalls(new RuleContext(pkg.file(file))) : [],
  );
  const finalized = finalizedTypes(pkg).get(name);
  return finalized?.form === "SetFinalizer" && set.length > 0 && leadsNowhere(type, context);
}

/** Where the handle is given back or taken away beside the finalizer. */
interface Changes {
  /** Statements before which the cleanup must be stopped. */
  readonly stops: readonly { readonly statement: SyntaxNode; readonly self: string }[];
  /** `runtime.SetFinalizer(m, nil)`. */
  readonly unset: readonly SyntaxNode[];
  /** All of them are in this file. */
  readonly here: boolean;
}

/** Undefined where the field may hold another handle later: a cleanup would free the first. */
function changesOf({ type, release, object, call }: Candidate, context: RuleContext): Changes | undefined {
  const { pkg } = context.file;
  const changes = {
    stops: [] as { statement: SyntaxNode; self: string }[],
    unset: [] as SyntaxNode[],
    here: true,
  };
  const own = release.functions[0]!;
  const isGone = own.kind === "func_literal" || isForFinalizerAlone(own, context);
  for (const name of pkg.fileNames) {
    if (!pkg.textOf(name).includes(release.field) && !pkg.textOf(name).includes("SetFinalizer")) continue;
    const file = pkg.file(name);
    const there = new RuleContext(file);
    const isOfType = (entity: Entity) => {
      const of = there.types.typeOfEntity(entity);
      const element = of.kind === "pointer" ? of.element : of;
      return element.kind === "unknown" || (element.kind === "named" && element.name === type);
    };
    for (const node of fieldUses(release.field, file.declarations)) {
      const way = wayFrom(node, file);
      // A field of something else's field; whether that is of the type is not asked.
      if (!way || way.way !== release.field) return undefined;
      if (!isOfType(way.entity)) continue;
      const use = useOf(node, there);
      if (use === "address") return undefined;
      if (use === "assigned" && !(way.entity === object && node.start < call.call.start)) return undefined;
      if (use !== "freed" || (isGone && own.holds(node))) continue;
      const statement = listedStatement(node);
      if (!statement) return undefined;
      changes.stops.push({ statement, self: way.entity.name });
      changes.here &&= file === context.file;
    }
    for (const unset of file.calls("runtime", "SetFinalizer")) {
      const [value, nil] = argumentsOf(unset);
      const entity = value?.kind === "identifier" ? file.local(value) : undefined;
      if (nil?.kind !== "nil" || (entity && !isOfType(entity))) continue;
      if (!entity) return undefined;
      changes.unset.push(unset);
      changes.here &&= file === context.file;
    }
  }
  return changes;
}

/** A function of the package that nothing but SetFinalizer names. */
function isForFinalizerAlone(fn: SyntaxNode, context: RuleContext): boolean {
  const name = fn.field("name")?.text;
  if (name === undefined || /^\p{Lu}/u.test(name)) return false;
  const { pkg } = context.file;
  const mentions = new RegExp(`\\b${name}\\b`, "g");
  return (
    pkg.fileNames.flatMap((file) => withoutComments(pkg.textOf(file)).match(mentions) ?? []).length === 2
  );
}

const withoutComments = (text: string): string => text.replace(/\/\/[^\n]*/g, "");

function fieldUses(field: string, declarations: readonly SyntaxNode[]): SyntaxNode[] {
  return declarations
    .filter((top) => top.kind !== "comment" && top.chunk.text.includes(`.${field}`))
    .flatMap((top) => top.find("selector_expression"))
    .filter((node) => node.field("field")!.text === field && node.parent?.fieldName !== "function");
}

function useOf(node: SyntaxNode, context: RuleContext): "freed" | "assigned" | "address" | "read" {
  const { parent } = node;
  if (parent?.kind === "unary_expression" && parent.field("operator")?.kind === "&") return "address";
  if (parent?.kind === "expression_list" && parent.fieldName === "left") {
    const statement = parent.parent!;
    return statement.kind === "assignment_statement" && /^(?:nil|0)$/.test(statement.field("right")!.text)
      ? "read"
      : "assigned";
  }
  const call = context.converted(node).parent?.parent;
  const target = call?.kind === "call_expression" ? context.target(call) : undefined;
  return target?.path === "C" && /free|destroy|release|delete|dispose|close|unref/i.test(target.name)
    ? "freed"
    : "read";
}

type Builder = ReturnType<RuleContext["fix"]>;

const PARAMETER =
  /^(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var|C|runtime|unsafe)$/;

/** The same with a cleanup; kept in a field and stopped where Close gives the handle back. */
function asCleanup(candidate: Candidate, changes: Changes, context: RuleContext): Fix | undefined {
  const { call, object, type, release } = candidate;
  const { file } = context;
  const declared = file.pkg.declared(type);
  const list = declared?.entity.typeNode?.child("field_declaration_list");
  const field = list?.children
    .find((d) => d.fields("name").some((n) => n.text === release.field))
    ?.field("type");
  const isOwn = declared?.file === file && release.file === file && changes.here;
  if (!isOwn || !field || !list || PARAMETER.test(release.field)) return undefined;
  const statement = listedStatement(call.call);
  if (statement?.kind !== "expression_statement" || statement.children[0] !== call.call) return undefined;
  const builder = context.fix();
  const runtime = builder.import("runtime");
  const needsStop = changes.stops.length > 0 || changes.unset.length > 0;
  const free = released(release, file.tree.lines.indentAt(statement.start));
  const add = `${runtime}.AddCleanup(${object.name}, func(${release.field} ${field.text}) ${free}, ${object.name}.${release.field})`;
  if (!needsStop) {
    builder.replace(call.call, add);
    removeFinalizer(release, builder, context);
    return builder.build("fix", USE_CLEANUP);
  }
  if (/\bcleanup\b/.test(list.text) || list.children.length === 0) return undefined;
  builder.replace(call.call, `${object.name}.cleanup = ${add}`);
  builder.insert(list.children.at(-1)!.end, `\n\tcleanup ${runtime}.Cleanup`);
  if (!stopped(changes, runtime, builder)) return undefined;
  // The field's place in the struct, and who else calls what frees, are the author's to look at.
  return builder.build("suggestion", USE_CLEANUP);
}

const USE_CLEANUP = { en: "Use runtime.AddCleanup", zh: "改用 runtime.AddCleanup" };

/** The cleanup's body: the same call with its argument in place of the field. */
function released({ call, self, field, guarded }: PlainRelease, indent: string): string {
  const way = new RegExp(`\\b${self.name}\\s*\\.\\s*${field}\\b`, "g");
  const text = call.text.replace(way, field);
  if (!guarded) return `{ ${text} }`;
  return `{\n${indent}\tif ${field} != nil {\n${indent}\t\t${text}\n${indent}\t}\n${indent}}`;
}

/** A function that was there for the finalizer alone goes with it, and its comment. */
function removeFinalizer({ functions, file }: PlainRelease, builder: Builder, context: RuleContext): void {
  const [fn] = functions;
  if (!fn || fn.kind === "func_literal" || !isForFinalizerAlone(fn, context)) return;
  const { text, declarations } = file;
  let [start, end] = [fn.start, fn.end];
  for (let at = declarations.indexOf(fn) - 1; declarations[at]?.kind === "comment"; at--) {
    if (
      text.slice(declarations[at]!.end, start).trim() !== "" ||
      /\n\s*\n/.test(text.slice(declarations[at]!.end, start))
    )
      break;
    start = declarations[at]!.start;
  }
  const below = /^[ \t]*\n*/.exec(text.slice(end))![0];
  if (end + below.length < text.length) end += below.length;
  else start -= /\n*$/.exec(text.slice(0, start))![0].length;
  builder.replace({ start, end }, "");
}

/** `m.cleanup.Stop()` in place of each unset finalizer, and before each release without one. */
function stopped(changes: Changes, runtime: string, builder: Builder): boolean {
  for (const unset of changes.unset) {
    const name = argumentsOf(unset)[0]!.text;
    const statement = listedStatement(unset);
    if (statement?.children[0] !== unset) return false;
    // Stop must find the object alive.
    builder.replace(unset, `${name}.cleanup.Stop()`);
    builder.insertAfter(statement, [`${runtime}.KeepAlive(${name})`]);
  }
  for (const { statement, self } of changes.stops) {
    const fn = enclosingFunction(statement);
    if (changes.unset.some((unset) => enclosingFunction(unset) === fn)) continue;
    builder.insertBefore(statement, [`${self}.cleanup.Stop()`]);
  }
  return true;
}
