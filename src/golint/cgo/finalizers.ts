/** Types of a package whose C handle a finalizer or cleanup frees, and in which field they keep it. */
import { RuleContext } from "../context.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import type { PackageModel } from "../model/package.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";

/** A call of runtime.SetFinalizer or runtime.AddCleanup. */
export interface FinalizerCall {
  readonly call: SyntaxNode;
  readonly form: "SetFinalizer" | "AddCleanup";
  readonly object: SyntaxNode;
  /** The function handed over: a literal, a name, a method expression. */
  readonly fn: SyntaxNode;
  /** The cleanup's argument. */
  readonly argument?: SyntaxNode;
}

/** Calls that set something; `SetFinalizer(x, nil)`, which takes it away, is none. */
export function finalizerCalls(context: RuleContext): readonly FinalizerCall[] {
  return context.file.calls("runtime").flatMap((call): FinalizerCall[] => {
    const form = context.target(call)!.name;
    const [object, fn, argument] = argumentsOf(call);
    if ((form !== "SetFinalizer" && form !== "AddCleanup") || !object || !fn || fn.kind === "nil") return [];
    return [{ call, form, object, fn: bare(fn), ...(argument && { argument }) }];
  });
}

/** What a finalizer or cleanup frees of one type. */
export interface Finalized {
  /** Ways from the value to the handle: `handle`, `impl.handle`. */
  readonly handles: ReadonlySet<string>;
  /** Functions that free: the finalizer, and what it calls. */
  readonly frees: ReadonlySet<SyntaxNode>;
  readonly form: "SetFinalizer" | "AddCleanup";
}

const known = new WeakMap<PackageModel, ReadonlyMap<string, Finalized>>();

/** By the name of the type. */
export function finalizedTypes(pkg: PackageModel): ReadonlyMap<string, Finalized> {
  const made = known.get(pkg);
  if (made) return made;
  const types = new Map<string, Finalized>();
  for (const name of pkg.fileNames) {
    if (!/\bruntime\b[\s\S]*\b(?:SetFinalizer|AddCleanup)\b/.test(pkg.textOf(name))) continue;
    const context = new RuleContext(pkg.file(name));
    for (const call of finalizerCalls(context)) {
      const type = pointedAt(call.object, context);
      if (type === undefined) continue;
      const reader = new FreeReader(pkg, type);
      if (call.form === "SetFinalizer") reader.finalizer(call.fn, context.file);
      else reader.cleanup(call, context);
      const before = types.get(type);
      types.set(type, {
        handles: new Set([...(before?.handles ?? []), ...reader.handles]),
        frees: new Set([...(before?.frees ?? []), ...reader.frees]),
        form: call.form,
      });
    }
  }
  known.set(pkg, types);
  return types;
}

/** T of a `*T` of this package. */
function pointedAt(object: SyntaxNode, context: RuleContext): string | undefined {
  const type = context.types.typeOf(object);
  return type.kind === "pointer" && type.element.kind === "named" && type.element.package === ""
    ? type.element.name
    : undefined;
}

/** The fields behind a local: `impl.handle` of `m.impl.handle`; undefined for what is not a plain way. */
export function wayFrom(
  expression: SyntaxNode,
  file: FileModel,
): { readonly entity: Entity; readonly way: string } | undefined {
  const names: string[] = [];
  let at = bare(expression);
  while (at.kind === "selector_expression") {
    names.unshift(at.field("field")!.text);
    at = bare(at.field("operand")!);
  }
  const entity = at.kind === "identifier" && names.length > 0 ? file.local(at) : undefined;
  return entity && { entity, way: names.join(".") };
}

/** Functions that free call others; deeper than this nobody hides it. */
const DEEPEST = 3;

class FreeReader {
  readonly handles = new Set<string>();
  readonly frees = new Set<SyntaxNode>();

  constructor(
    private readonly pkg: PackageModel,
    private readonly type: string,
  ) {}

  finalizer(fn: SyntaxNode, file: FileModel): void {
    const body = this.declared(fn, file);
    const parameter = body && firstParameter(body.fn, body.file);
    if (body && parameter) this.reads(body.fn, body.file, parameter, 0);
  }

  /** `AddCleanup(m, func(h *C.model) { C.model_free(h) }, m.handle)`. */
  cleanup({ fn, argument, object }: FinalizerCall, context: RuleContext): void {
    const body = this.declared(fn, context.file);
    const parameter = body && firstParameter(body.fn, body.file);
    if (!body || !parameter || !argument) return;
    const there = new RuleContext(body.file);
    const passed = parameter.references.some((node) => passedToC(node, there));
    if (!passed) return;
    const way = wayFrom(argument, context.file);
    const owner = bare(object).kind === "identifier" ? context.file.local(bare(object)) : undefined;
    if (way && way.entity === owner) this.handles.add(way.way);
    const local = context.localOf(argument);
    if (!local || !owner) return;
    for (const field of keptIn(owner, local, context)) this.handles.add(field);
  }

  private declared(fn: SyntaxNode, file: FileModel): { fn: SyntaxNode; file: FileModel } | undefined {
    if (fn.kind === "func_literal") return { fn, file };
    if (fn.kind === "identifier") {
      const found = this.pkg.declared(fn.text);
      const node = found?.entity.kind === "function" ? found.entity.node.parent : undefined;
      return found && node?.field("body") ? { fn: node, file: found.file } : undefined;
    }
    // `(*T).Close`, and `t.Close`, which takes no parameter and is not read.
    const name = fn.kind === "selector_expression" ? fn.field("field")?.text : undefined;
    return name === undefined ? undefined : this.method(name);
  }

  private method(name: string): { fn: SyntaxNode; file: FileModel } | undefined {
    const found = this.pkg.methods(this.type).find((m) => m.node.field("name")?.text === name);
    return found?.node.field("body") ? { fn: found.node, file: found.file } : undefined;
  }

  private reads(fn: SyntaxNode, file: FileModel, self: Entity, depth: number): void {
    if (depth > DEEPEST || this.frees.has(fn)) return;
    this.frees.add(fn);
    const context = new RuleContext(file);
    for (const call of fn.field("body")!.find("call_expression")) {
      const target = call.field("function");
      if (context.target(call)?.path === "C") {
        for (const argument of argumentsOf(call)) {
          const way = wayFrom(context.types.unconverted(argument), file);
          if (way?.entity === self) this.handles.add(way.way);
        }
        continue;
      }
      const operand = target?.kind === "selector_expression" ? target.field("operand") : undefined;
      const called =
        operand?.kind === "identifier" && file.local(operand) === self
          ? this.method(target!.field("field")!.text)
          : undefined;
      const receiver = called && firstParameter(called.fn, called.file);
      if (called && receiver) this.reads(called.fn, called.file, receiver, depth + 1);
    }
  }
}

/** Whether a name's value is, but for conversions, an argument of a call of C. */
function passedToC(node: SyntaxNode, context: RuleContext): boolean {
  const call = context.converted(node).parent?.parent;
  return call?.kind === "call_expression" && context.target(call)?.path === "C";
}

/** The receiver of a method, the first parameter of a function. */
function firstParameter(fn: SyntaxNode, file: FileModel): Entity | undefined {
  const list = fn.field("receiver") ?? fn.field("parameters");
  const name = list?.children[0]?.field("name");
  return name && file.locals(fn).find((entity) => entity.node === name);
}

/** Fields of the owner that are given this local: in its composite literal, or by `owner.field = local`. */
export function keptIn(owner: Entity, local: Entity, context: RuleContext): string[] {
  const fields: string[] = [];
  for (const node of local.references) {
    const value = context.converted(node);
    const element = value.above("keyed_element", "assignment_statement", "block");
    if (element?.kind === "keyed_element") {
      const literal = element.above("composite_literal");
      if (owner.assignments.some((a) => literal && a.value?.holds(literal)))
        fields.push(element.children[0]!.text);
    } else if (element?.kind === "assignment_statement") {
      const left = element.field("left")?.children[0];
      const way = left && wayFrom(left, context.file);
      if (way?.entity === owner) fields.push(way.way);
    }
  }
  return fields;
}

/** Whether the function takes the finalizer or cleanup away before it goes on. */
export function takesFinalizerAway(fn: SyntaxNode, context: RuleContext): boolean {
  return fn.find("call_expression").some((call) => {
    const target = context.target(call);
    if (target?.path === "runtime" && target.name === "SetFinalizer")
      return argumentsOf(call)[1]?.kind === "nil";
    return call.field("function")?.field("field")?.text === "Stop" && enclosingFunction(call) !== undefined;
  });
}
