/** Memory of C in the variables of Go functions: where it comes from, where it goes. Shared by the rules about it. */
import type { RuleContext } from "../context.ts";
import type { Step } from "../flow/graph.ts";
import { followLifetime, type LifeEvent, type Lifetime } from "../flow/lifetime.ts";
import { type EventReader, effectOf } from "../flow/summaries.ts";
import type { CFunction } from "../model/c-preamble.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import type { PackageModel } from "../model/package.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../syntax/node.ts";

/** Functions whose result the caller must free. */
const ALLOCATES = new Set(["CString", "CBytes", "malloc", "calloc", "strdup", "strndup"]);

/** C functions that, by their name, may free what they are given. */
const RELEASES =
  /(?:^|_)(?:free|destroy|release|delete|dispose|unref|close|cleanup|drop)(?:_|$|\d)|(?:Free|Destroy|Release|Delete|Dispose|Unref|Close)(?:$|[A-Z_])/;

/** C functions that, by their name, may keep what they are given. `set` copies its strings, as a rule, but not its buffers. */
const TAKES = /(?:^|_)(?:take|adopt|own|steal|nocopy|consume|putenv)(?:_|$)|(?:Take|Adopt|NoCopy)(?:$|[A-Z])/;
const KEEPS =
  /(?:^|_)(?:set|register|add|push|append|insert|store|attach|enqueue|submit|put|init|new|create|bind)(?:_|$)|(?:Set|Register|Add|Push|Append|Insert|Store|Attach|Enqueue|Submit|Init|New|Create|Bind)(?:$|[A-Z])/;

/** What a C function does with a pointer it is given. */
export type Treatment = "frees" | "keeps" | "borrows";

/** By its body where the preamble has it, else by its name; strings are seldom kept, buffers sooner. */
export function treatment(context: RuleContext, name: string, index: number, isString: boolean): Treatment {
  const fn = definition(name, context.file);
  const parameter = fn?.parameters[index]?.name;
  if (fn?.body !== undefined && parameter) {
    const known = inBody(fn.body, parameter);
    if (known) return known;
  }
  if (name === "realloc" || RELEASES.test(name)) return "frees";
  return TAKES.test(name) || (!isString && KEEPS.test(name)) ? "keeps" : "borrows";
}

/** With its body, where the preamble of any file of the package has that. */
function definition(name: string, file: FileModel): CFunction | undefined {
  const own = file.declaredInC.functions.get(name);
  if (!own || own.body !== undefined) return own;
  for (const fileName of file.pkg.fileNames) {
    const text = file.pkg.textOf(fileName);
    if (fileName === file.name || !text.includes('import "C"') || !text.includes(`${name}(`)) continue;
    const other = file.pkg.file(fileName).declaredInC.functions.get(name);
    if (other?.body !== undefined) return other;
  }
  return own;
}

/** Undefined where the body hands the pointer on to functions that may do anything. */
export function inBody(body: string, parameter: string): Treatment | undefined {
  const tokens = body.match(/\w+|[^\s\w]/g) ?? [];
  let handedOn = false;
  for (const [at, token] of tokens.entries()) {
    if (token !== parameter) continue;
    const [before, after] = [tokens[at - 1] ?? "", tokens[at + 1] ?? ""];
    if (before === "(" && tokens[at - 2] === "free") return "frees";
    // `x->y = p;`, `return p;` and `{ p, q }`: somebody else has it now. A cast may stand before it.
    const isValue = /^[=,{)]$/.test(before) || before === "return";
    if (isValue && /^[;}]$/.test(after)) return "keeps";
    if (before === "{" || (before === "," && after === "}")) return "keeps";
    if (/^[(,]$/.test(before) && /^[,)]$/.test(after)) handedOn = true;
  }
  // `f(p, free)`: whoever gets both frees it.
  if (handedOn && tokens.some((token, at) => token === "free" && tokens[at + 1] !== "(")) return "frees";
  return handedOn ? undefined : "borrows";
}

/** A call that allocates, and what becomes of its result. */
export interface Allocation {
  /** `CString`, `malloc` ... */
  readonly name: string;
  readonly call: SyntaxNode;
  /** The call with the conversions around it. */
  readonly value: SyntaxNode;
}

/** A local variable that holds C memory, followed through its function. */
export interface Resource {
  readonly entity: Entity;
  readonly names: ReadonlySet<Entity>;
  readonly allocations: readonly Allocation[];
  readonly releases: readonly SyntaxNode[];
  readonly lifetime: Lifetime;
}

export interface CMemory {
  readonly resources: readonly Resource[];
  /** Allocations that are an argument of a C call and in no variable: nothing can free them. */
  readonly unnamed: readonly (Allocation & {
    readonly receiver: SyntaxNode;
    readonly receiverName: string;
  })[];
}

const known = new WeakMap<FileModel, CMemory>();

export function cMemory(context: RuleContext): CMemory {
  const made = known.get(context.file);
  if (made) return made;
  const memory = new Finder(context).find();
  known.set(context.file, memory);
  return memory;
}

/** Whether a call is `C.free`. */
export const isFree = (context: RuleContext, call: SyntaxNode): boolean => context.callsC(call, "free");

/** `llama_free`, `batch_destroy`, `free_model`: the one object it is given, not something in it. */
const FREES_ONE = /(?:^|_)(?:free|destroy)$|[a-z0-9](?:Free|Destroy)$|(?:^|_)(?:free|destroy)_(\w+)$/;
/** Objects that are counted: freeing them again, or using them afterwards, may be right. */
const COUNTED = /up_ref|\bC\.\w*(?:_ref|_retain|_addref|Retain|AddRef|IncRef)\(/i;

/** Whether a call of C frees the object it is given: `C.free`, or a library's own function for its objects. */
function freesArgument(call: SyntaxNode, name: string, context: RuleContext): boolean {
  if (name === "free") return true;
  const [argument, more] = argumentsOf(call);
  const found = argument && !more ? FREES_ONE.exec(name) : undefined;
  if (!argument || !found || COUNTED.test(call.chunk.text)) return false;
  const fn = definition(name, context.file);
  const type = fn?.parameters[0]?.type;
  // `table_free_entries(t)` leaves t; `free_model(m)` says what it is given.
  if (found[1] && !type?.toLowerCase().includes(found[1].toLowerCase())) return false;
  if (type !== undefined && (type.match(/\*/g) ?? []).length !== 1) return false;
  const parameter = fn?.parameters[0]?.name;
  const known = fn?.body !== undefined && parameter ? inBody(fn.body, parameter) : undefined;
  return known === undefined || known === "frees";
}

const helpers = new WeakMap<PackageModel, ReadonlyMap<string, string>>();

/** Functions of the package that do nothing but allocate, by name, with the function of C they call. */
function helpersOf(pkg: PackageModel): ReadonlyMap<string, string> {
  let found = helpers.get(pkg);
  if (!found) {
    const names = pkg.fileNames.flatMap((file) => {
      const text = pkg.textOf(file);
      return text.includes("C.C") ? [...text.matchAll(HELPER)] : [];
    });
    found = new Map(names.map((m) => [m[1]!, m[2]!] as const));
    helpers.set(pkg, found);
  }
  return found;
}

const HELPER =
  /^func (\w+)\(\w+ (?:string|\[\]byte)\) (?:\*C\.char|unsafe\.Pointer) \{\s*return C\.(CString|CBytes)\(\w+\)\s*\}/gm;

class Finder {
  private readonly entities = new Map<Entity, Allocation[]>();
  private readonly frees = new Map<Entity, SyntaxNode[]>();
  private readonly unnamed: (Allocation & { receiver: SyntaxNode; receiverName: string })[] = [];

  constructor(private readonly context: RuleContext) {}

  find(): CMemory {
    for (const call of this.context.file.calls("C")) {
      const name = this.context.target(call)!.name;
      if (ALLOCATES.has(name)) this.allocation({ name, call, value: this.context.converted(call) });
      else if (argumentsOf(call)[0] && freesArgument(call, name, this.context))
        this.free(call, argumentsOf(call)[0]!);
    }
    for (const { name, call } of this.fromHelpers())
      this.allocation({ name, call, value: this.context.converted(call) });
    const entities = new Set([...this.entities.keys(), ...this.frees.keys()]);
    const resources = [...entities].map((entity) => this.resource(entity)).filter((r) => r !== undefined);
    return { resources, unnamed: this.unnamed };
  }

  /** Calls of `func cstr(s string) *C.char { return C.CString(s) }` of the package: what they give is the caller's. */
  private *fromHelpers(): Generator<{ readonly name: string; readonly call: SyntaxNode }> {
    const { file } = this.context;
    for (const [helper, name] of helpersOf(file.pkg)) {
      if (!file.text.includes(`${helper}(`)) continue;
      for (const fn of file.functions(`${helper}(`)) {
        for (const call of fn.find("call_expression")) {
          const called = call.field("function");
          if (called?.kind === "identifier" && called.text === helper && !file.local(called))
            yield { name, call };
        }
      }
    }
  }

  private allocation(allocation: Allocation): void {
    const { value } = allocation;
    const entity = this.assignedTo(value);
    if (entity) {
      this.entities.set(entity, [...(this.entities.get(entity) ?? []), allocation]);
      return;
    }
    const call = value.parent?.kind === "argument_list" ? value.parent.parent : undefined;
    const target = call && this.context.target(call);
    if (call && !target && effectOf(call, value, this.context, readEvents) === "borrows") {
      this.unnamed.push({ ...allocation, receiver: call, receiverName: call.field("function")!.text });
      return;
    }
    if (!call || target?.path !== "C" || target.name === "free") return;
    const index = argumentsOf(call).indexOf(value);
    if (treatment(this.context, target.name, index, allocation.name === "CString") === "borrows") {
      this.unnamed.push({ ...allocation, receiver: call, receiverName: `C.${target.name}` });
    }
  }

  /** The local a value is given to in a declaration or assignment. */
  private assignedTo(value: SyntaxNode): Entity | undefined {
    const statement = value.above(
      "short_var_declaration",
      "var_spec",
      "assignment_statement",
      "block",
      "func_literal",
    );
    if (!statement || statement.kind === "block" || statement.kind === "func_literal") return undefined;
    for (const entity of this.context.file.locals(enclosingFunction(value) ?? statement)) {
      if (entity.assignments.some((a) => a.value && bare(a.value) === bare(value))) return entity;
    }
    return undefined;
  }

  private free(call: SyntaxNode, argument: SyntaxNode): void {
    const entity = this.context.localOf(argument);
    if (entity?.owner) this.frees.set(entity, [...(this.frees.get(entity) ?? []), call]);
  }

  private resource(entity: Entity): Resource | undefined {
    const { context } = this;
    const owner = entity.owner;
    if (!owner?.field("body")) return undefined;
    const names = this.aliases(entity);
    const allocations = this.entities.get(entity) ?? [];
    // An alias is followed with the variable it comes from.
    if (
      allocations.length === 0 &&
      [...names].some((n) => n !== entity && (this.entities.has(n) || n.node.start < entity.node.start))
    )
      return undefined;
    const releases = [...names].flatMap((name) => [
      ...(this.frees.get(name) ?? []),
      ...this.releasedByHelpers(name),
    ]);
    const events = (step: Step) =>
      new StepReader(context, names, new Set(allocations.map((a) => a.call)), owner).events(step);
    const lifetime = followLifetime({
      flow: context.flow(owner),
      file: context.file,
      names,
      events,
      held: entity.kind === "parameter" || entity.kind === "receiver",
      error: (call) => this.errorOf(call, entity),
    });
    return lifetime && { entity, names, allocations, releases, lifetime };
  }

  /** err of `p, err := C.malloc(n)`: where it is looked at, it stands for a nil pointer. */
  private errorOf(call: SyntaxNode, entity: Entity): Entity | undefined {
    const node = entity.assignments.find(({ value }) => value && bare(value) === call)?.node;
    const second = node?.field("left")?.children[1];
    return second?.kind === "identifier" ? this.context.file.local(second) : undefined;
  }

  /** Calls of functions of the package that free what the name holds. */
  private releasedByHelpers(name: Entity): SyntaxNode[] {
    return name.references.flatMap((node) => {
      const value = this.context.converted(node);
      const call = value.parent?.kind === "argument_list" ? value.parent.parent : undefined;
      const isHelper = call && !this.context.target(call);
      return isHelper && effectOf(call, node, this.context, readEvents) === "releases" ? [call] : [];
    });
  }

  /** The variable, and those that are only ever the same pointer under another name or type. */
  private aliases(entity: Entity): Set<Entity> {
    const names = new Set([entity]);
    const source = (e: Entity) =>
      e.assignments.length === 1 && e.assignments[0]!.value
        ? this.context.localOf(e.assignments[0]!.value)
        : undefined;
    const locals = this.context.file.locals(entity.owner!);
    for (let grew = true; grew; ) {
      grew = false;
      for (const other of locals) {
        const from = source(other);
        const isAlias =
          (from && names.has(from) && !names.has(other)) ||
          [...names].some((n) => source(n) === other && !names.has(other));
        if (!isAlias) continue;
        names.add(other);
        grew = true;
      }
    }
    return names;
  }
}

/** Of a function that was handed the memory. */
const readEvents: EventReader = (context, names, fn) => (step) =>
  new StepReader(context, names, new Set(), fn).events(step);

/** Reads what one step does with the memory. */
class StepReader {
  private readonly found: LifeEvent[] = [];

  constructor(
    private readonly context: RuleContext,
    private readonly names: ReadonlySet<Entity>,
    private readonly allocations: ReadonlySet<SyntaxNode>,
    private readonly owner: SyntaxNode,
  ) {}

  events(step: Step): readonly LifeEvent[] {
    if (step.kind === "end") return [];
    if (step.kind === "defer" && step.node.field("function")?.kind === "func_literal")
      return this.deferredLiteral(step.node);
    this.visit(step.node);
    return this.found;
  }

  private is(node: SyntaxNode): boolean {
    const entity = node.kind === "identifier" ? this.context.file.local(node) : undefined;
    return entity !== undefined && this.names.has(entity);
  }

  private visit(node: SyntaxNode): void {
    if (node.kind === "func_literal") {
      const inside = node.find("identifier").find((inner) => this.is(inner));
      if (inside) this.found.push({ kind: "escape", node: inside });
      return;
    }
    if (/^(?:assignment_statement|short_var_declaration|var_spec)$/.test(node.kind)) {
      this.assignment(node);
      return;
    }
    for (const child of node.children) this.visit(child);
    if (this.is(node)) this.reference(node);
  }

  private assignment(node: SyntaxNode): void {
    const right = node.field("right") ?? node.field("value");
    if (right) this.visit(right);
    const left = node.kind === "var_spec" ? node.fields("name") : (node.field("left")?.children ?? []);
    for (const target of left) {
      if (!this.is(target)) {
        if (target.kind !== "identifier") this.visit(target);
        continue;
      }
      if (node.kind === "var_spec" && !right) {
        // In a loop each round has a variable of its own, which is nil.
        this.found.push({ kind: "forget", node: target });
        continue;
      }
      const entity = this.context.file.local(target)!;
      const assignment = entity.assignments.find((a) => a.node === node);
      const value = assignment?.value && this.context.types.unconverted(assignment.value);
      if (!value || (value.kind === "identifier" && this.is(value))) continue;
      if (this.allocations.has(value)) this.found.push({ kind: "acquire", node: value });
      else this.found.push({ kind: value.kind === "nil" ? "forget" : "hold", node: target });
    }
  }

  /** What happens to the pointer where it is named. */
  private reference(node: SyntaxNode): void {
    const value = this.context.converted(node);
    const parent = value.parent;
    const push = (kind: LifeEvent["kind"], at = node) => this.found.push({ kind, node: at });
    if (!parent) return;
    const operator = parent.field("operator")?.kind ?? "";
    switch (parent.kind) {
      case "argument_list":
        this.argument(node, parent.parent!);
        return;
      case "binary_expression":
        // A comparison looks at the pointer, not at the memory.
        if (!/^(?:==|!=)$/.test(operator)) push("escape");
        return;
      case "unary_expression":
        push(operator === "&" ? "escape" : "use");
        return;
      case "selector_expression":
      case "index_expression":
        if (!this.mayBeStruct(node)) push(this.pointsInside(parent) ? "escape" : "use");
        return;
      case "range_clause":
        push("use");
        return;
      case "slice_expression":
        push(this.staysHere(parent) ? "use" : "escape");
        return;
      case "expression_list": {
        const isAlias =
          /^(?:assignment_statement|short_var_declaration|var_spec)$/.test(parent.parent?.kind ?? "") &&
          this.givesAlias(value, parent.parent!);
        if (!isAlias) push("escape");
        return;
      }
      default:
        push("escape");
    }
  }

  /** A struct that C frees the inside of: its own fields stay. What C.free is given, and what C allocated, is a pointer. */
  private mayBeStruct(node: SyntaxNode): boolean {
    const entity = this.context.file.local(node);
    if (!entity || this.allocations.size > 0) return false;
    const type = this.context.types.underlying(this.context.types.typeOfEntity(entity));
    return type.kind !== "pointer" && !/^(?:int|uint|uintptr)/.test(type.kind);
  }

  /** `&p.field` that goes on: a pointer to the same memory. What C is given so, it is given for the call. */
  private pointsInside(part: SyntaxNode): boolean {
    let at = part;
    while (/^(?:selector|index)_expression$/.test(at.parent?.kind ?? "") && at.fieldName === "operand")
      at = at.parent!;
    const { parent } = at;
    if (parent?.kind === "slice_expression" && at.fieldName === "operand") return !this.staysHere(parent);
    if (parent?.kind !== "unary_expression" || parent.field("operator")?.kind !== "&") return false;
    const around = this.context.converted(parent).parent;
    return around?.kind !== "argument_list" || this.context.target(around.parent!)?.path !== "C";
  }

  private givesAlias(value: SyntaxNode, statement: SyntaxNode): boolean {
    const entity = [...this.names].find((n) =>
      n.assignments.some((a) => a.node === statement && a.value && bare(a.value) === bare(value)),
    );
    return entity !== undefined;
  }

  private argument(node: SyntaxNode, call: SyntaxNode): void {
    const target = this.context.target(call);
    const push = (kind: LifeEvent["kind"], at = node) => this.found.push({ kind, node: at });
    if (target?.path === "unsafe") {
      push(this.staysHere(call) ? "use" : "escape");
      return;
    }
    if (target?.path !== "C") {
      const effect = effectOf(call, node, this.context, readEvents);
      if (effect === "releases") push("release", call);
      else push(effect === "borrows" ? "use" : "escape");
      return;
    }
    const { name } = target;
    if (freesArgument(call, name, this.context)) push("release", call);
    else {
      const index = argumentsOf(call).findIndex((argument) => argument.holds(node));
      push(treatment(this.context, name, index, this.isString()) === "borrows" ? "use" : "escape");
    }
  }

  /** Whether a slice or string over the memory is only looked into by this function. */
  private staysHere(view: SyntaxNode): boolean {
    const value = this.context.converted(view);
    const parent = value.parent!;
    if (looksInto(value, this.context)) return true;
    const statement = parent.kind === "expression_list" ? parent.parent! : parent;
    const entity = this.context.file
      .locals(this.owner)
      .find((e) =>
        e.assignments.some((a) => a.node === statement && a.value && bare(a.value) === bare(value)),
      );
    return (
      entity !== undefined &&
      entity.assignments.length === 1 &&
      entity.references.every((node) => looksInto(this.context.converted(node), this.context))
    );
  }

  private isRelease(call: SyntaxNode): boolean {
    const target = this.context.target(call);
    return target?.path === "C" && freesArgument(call, target.name, this.context);
  }

  private isString(): boolean {
    return [...this.allocations].some((call) => this.context.callsC(call, "CString"));
  }

  /** `defer func() { C.free(p) }()`: what it frees is freed at the end; what else it does is not looked into. */
  private deferredLiteral(call: SyntaxNode): readonly LifeEvent[] {
    for (const argument of argumentsOf(call)) this.visit(argument);
    const body = call.field("function")!;
    const inside = body.find("identifier").filter((node) => this.is(node));
    const releasing = inside
      .map((node) => this.context.converted(node).parent?.parent)
      .find((at) => at?.kind === "call_expression" && this.isRelease(at));
    if (releasing) this.found.push({ kind: "release", node: releasing });
    else if (inside[0]) this.found.push({ kind: "escape", node: inside[0] });
    return this.found;
  }
}

/** `v[i]` where its address is not taken, `len(v)`, `range v`, `copy(v, x)`: the value goes nowhere. */
function looksInto(value: SyntaxNode, context: RuleContext): boolean {
  const parent = value.parent!;
  if (parent.kind === "range_clause") return true;
  if (parent.kind === "index_expression" && value.fieldName === "operand")
    return parent.parent?.field("operator")?.kind !== "&";
  if (parent.kind === "binary_expression") return true;
  const call = parent.kind === "argument_list" ? parent.parent! : undefined;
  if (!call) return false;
  if (
    ["len", "cap", "copy", "print", "println", "string", "clear"].some((name) =>
      context.isBuiltinCall(call, name),
    )
  )
    return true;
  const target = context.target(call);
  return (
    target !== undefined &&
    /^(?:fmt\.(?:Print|Sprint|Fprint)(?:f|ln)?|strings\.Clone|bytes\.Clone)$/.test(
      `${target.path}.${target.name}`,
    )
  );
}
