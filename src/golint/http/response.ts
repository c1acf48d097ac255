/** Responses of HTTP clients in the variables of Go functions: where they come from, and what becomes of their body. */
import type { RuleContext } from "../context.ts";
import type { Step } from "../flow/graph.ts";
import { followLifetime, type LifeEvent, type Lifetime } from "../flow/lifetime.ts";
import { listed } from "../model/bind.ts";
import type { Entity } from "../model/entity.ts";
import type { PackageModel } from "../model/package.ts";
import type { GoType } from "../model/types.ts";
import { argumentsOf, bare, type SyntaxNode } from "../syntax/node.ts";

/** A local variable that is given responses, followed through its function. */
export interface HeldResponse {
  readonly entity: Entity;
  /** The calls that give it a response. */
  readonly requests: readonly SyntaxNode[];
  /** The calls that close its body. */
  readonly closes: readonly SyntaxNode[];
  /** The calls that read its body to the end: then the connection is given back without a Close. */
  readonly readings: readonly SyntaxNode[];
  /** On some path it is handed on. */
  readonly escapes: boolean;
  readonly lifetime: Lifetime;
}

/** Functions that read a body, or a reader around it, to its end or in part, and keep nothing of it. */
const READS =
  /^(?:io\.(?:ReadAll|Copy|CopyN|CopyBuffer|ReadFull|ReadAtLeast)|(?:io\/)?ioutil\.ReadAll|io\/ioutil\.ReadAll|net\/http\/httputil\.DumpResponse|fmt\.(?:Fscan|Fscanf|Fscanln))$/;
/** Functions whose result reads from the body. */
const WRAPS =
  /^(?:io\.(?:LimitReader|TeeReader)|bufio\.(?:NewReader|NewReaderSize|NewScanner)|encoding\/(?:json|xml)\.NewDecoder|net\/http\.MaxBytesReader)$/;

export function heldResponses(context: RuleContext): readonly HeldResponse[] {
  const found: HeldResponse[] = [];
  for (const fn of context.file.functions()) {
    const ownRequests = requestsOfPackage(context);
    if (!/\.(?:Do|Get|Post|PostForm|RoundTrip)\(/.test(fn.chunk.text) && !ownRequests?.test(fn.chunk.text))
      continue;
    // The answer to HEAD has no body, and which of several requests it answers is not followed.
    // A connection that is hijacked, or goes on with another protocol, is closed by itself.
    if (/\bMethodHead\b|"HEAD"|\.Hijack\(|StatusSwitchingProtocols/.test(fn.chunk.text)) continue;
    for (const entity of context.file.locals(fn)) {
      const held = heldBy(entity, context);
      if (held) found.push(held);
    }
  }
  return found;
}

/** Requests whose response nobody takes: `http.Get(url)` as a statement of its own. */
export function* droppedRequests(context: RuleContext): Generator<SyntaxNode> {
  for (const fn of context.file.functions()) {
    if (!/\.(?:Do|Get|Post|PostForm)\(/.test(fn.chunk.text)) continue;
    if (/\bMethodHead\b|"HEAD"/.test(fn.chunk.text)) continue;
    for (const statement of fn.find("expression_statement")) {
      const call = statement.children[0];
      if (call?.kind === "call_expression" && isClients(call, context)) yield call;
    }
  }
}

/** A call of net/http's own clients. */
function isClients(call: SyntaxNode, context: RuleContext): boolean {
  const target = context.target(call);
  if (target) return target.path === "net/http" && /^(?:Get|Post|PostForm)$/.test(target.name);
  const fn = call.field("function");
  const [client, method] = [fn?.field("operand"), fn?.field("field")?.text];
  if (!client || !/^(?:Do|Get|Post|PostForm)$/.test(method ?? "")) return false;
  const known = context.file.qualified(client);
  if (known) return known.path === "net/http" && known.name === "DefaultClient";
  return isNamed(context.types.typeOf(client), "Client");
}

function heldBy(entity: Entity, context: RuleContext): HeldResponse | undefined {
  const { owner } = entity;
  // What a named result holds is the caller's.
  if (!owner?.field("body") || entity.kind === "result" || entity.kind === "constant") return undefined;
  const requests = entity.assignments
    .filter(({ value, index }) => value && (index ?? 0) === 0 && isRequest(bare(value), entity, context))
    .map(({ value }) => bare(value!));
  if (requests.length === 0) return undefined;
  const reader = new ResponseReader(context, entity, new Set(requests));
  const lifetime = followLifetime({
    flow: context.flow(owner),
    file: context.file,
    names: new Set([entity]),
    events: (step) => reader.events(step),
    error: (request) => errorOf(request, entity, context),
  });
  const { closes, readings, escapes } = reader;
  return lifetime && { entity, requests, closes, readings, escapes, lifetime };
}

/** The error variable that is assigned together with the response. */
function errorOf(request: SyntaxNode, entity: Entity, context: RuleContext): Entity | undefined {
  const node = entity.assignments.find(({ value }) => value && bare(value) === request)?.node;
  const names = node?.kind === "var_spec" ? node.fields("name") : listed(node?.field("left") ?? request);
  const second = names[1];
  return second?.kind === "identifier" ? context.file.local(second) : undefined;
}

const isNamed = (type: GoType, name: string): boolean => {
  const of = type.kind === "pointer" ? type.element : type;
  return of.kind === "named" && of.package === "net/http" && of.name === name;
};

function isRequest(value: SyntaxNode, entity: Entity, context: RuleContext): boolean {
  if (value.kind !== "call_expression") return false;
  const target = context.target(value);
  if (target) return target.path === "net/http" && /^(?:Get|Post|PostForm)$/.test(target.name);
  if (fromPackage(value, entity, context)) return true;
  const fn = value.field("function");
  const [client, method] = [fn?.field("operand"), fn?.field("field")?.text];
  if (!client || !method || !/^(?:Do|Get|Post|PostForm|RoundTrip)$/.test(method)) return false;
  const known = context.file.qualified(client);
  if (known?.path === "net/http") return /^(?:DefaultClient|DefaultTransport)$/.test(known.name);
  const type = context.types.typeOf(client);
  if (isNamed(type, "Client")) return true;
  // A round tripper may stand in a chain and answer with nothing; where the answer is looked at, it is one.
  const isUsed = entity.references.some((node) => isField(node, "Body") || isField(node, "StatusCode"));
  if (isNamed(type, "RoundTripper") || isNamed(type, "Transport")) return method === "RoundTrip" && isUsed;
  // Somebody's own client: it takes a request of net/http, and what it gives is used as a response.
  const [argument, ...more] = argumentsOf(value);
  if (type.kind !== "unknown" || !argument || more.length > 0 || !/^(?:Do|RoundTrip)$/.test(method))
    return false;
  return isUsed && isNamed(context.types.typeOf(argument), "Request");
}

/** Names of functions of the package that give a response with an error. */
const ownNames = new WeakMap<PackageModel, RegExp | "none">();

function requestsOfPackage(context: RuleContext): RegExp | undefined {
  const { pkg } = context.file;
  let known = ownNames.get(pkg);
  if (!known) {
    const names = pkg.fileNames.flatMap((name) =>
      [
        ...pkg
          .textOf(name)
          .matchAll(
            /^func (?:\([^()\n]*\) )?(\w+)\([^\n]*\) \((?:\w+ )?\*http\.Response, (?:\w+ )?error\) \{/gm,
          ),
      ].map((m) => m[1]!),
    );
    known = names.length > 0 ? new RegExp(`\\b(?:${[...new Set(names)].join("|")})\\(`) : "none";
    ownNames.set(pkg, known);
  }
  return known === "none" ? undefined : known;
}

/**
 * A function or method of the package that does no more with a response than to get it and hand it on. One that reads,
 * closes or replaces the body, or calls something else with it, may leave nothing to close.
 */
function fromPackage(call: SyntaxNode, entity: Entity, context: RuleContext): boolean {
  const fn = call.field("function");
  const name = fn?.kind === "selector_expression" ? fn.field("field")!.text : (fn?.text ?? "");
  if (!fn || !requestsOfPackage(context)?.test(`${name}(`)) return false;
  const node = declarationOf(fn, context);
  const text = node?.field("body")?.text ?? "";
  const results = node?.field("result")?.text.replace(/\b\w+ (?=\*|error)/g, "");
  if (results !== "(*http.Response, error)") return false;
  // Where the answer is looked at, it is one.
  if (!entity.references.some((use) => isField(use, "Body") || isField(use, "StatusCode"))) return false;
  return (
    /\breturn [\w.]+\.(?:Do|Get|Post|PostForm|RoundTrip)\([^\n]*\)\s*$/m.test(text) &&
    !/Body\b|Close|Hijack|HEAD|MethodHead/.test(text.replace(/http\.NoBody/g, ""))
  );
}

function declarationOf(fn: SyntaxNode, context: RuleContext): SyntaxNode | undefined {
  if (fn.kind === "identifier") {
    const found = context.file.local(fn) ? undefined : context.file.pkg.declared(fn.text);
    return found?.entity.kind === "function" ? found.entity.node.parent : undefined;
  }
  if (fn.kind !== "selector_expression" || context.file.qualified(fn)) return undefined;
  const type = context.types.typeOf(fn.field("operand")!);
  const holder = type.kind === "pointer" ? type.element : type;
  if (holder.kind !== "named" || holder.package !== "") return undefined;
  const name = fn.field("field")!.text;
  return context.file.pkg.methods(holder.name).find(({ node }) => node.field("name")?.text === name)?.node;
}

const isField = (node: SyntaxNode, name: string): boolean =>
  node.parent?.kind === "selector_expression" &&
  node.fieldName === "operand" &&
  node.parent.field("field")?.text === name;

class ResponseReader {
  readonly closes: SyntaxNode[] = [];
  readonly readings: SyntaxNode[] = [];
  escapes = false;

  constructor(
    private readonly context: RuleContext,
    private readonly entity: Entity,
    private readonly requests: ReadonlySet<SyntaxNode>,
  ) {}

  events(step: Step): readonly LifeEvent[] {
    if (step.kind === "end") return [];
    const found = this.read(step);
    this.escapes ||= found.some(({ kind }) => kind === "escape");
    return found;
  }

  private read(step: Step): readonly LifeEvent[] {
    const { node } = step;
    const literal = node.kind === "call_expression" ? node.field("function") : undefined;
    if (step.kind === "defer" && literal?.kind === "func_literal") return this.deferred(node, literal);
    // `switch err { case nil: ... }`: which case came is not known, nor whether there is a response.
    if (node.parent?.kind.endsWith("switch_statement") && this.isError(node))
      return [{ kind: "escape", node }];
    const found: LifeEvent[] = [];
    this.visit(node, found);
    return found;
  }

  private is(node: SyntaxNode): boolean {
    return node.kind === "identifier" && this.context.file.local(node) === this.entity;
  }

  private isError(node: SyntaxNode): boolean {
    const entity = node.find("identifier").map((name) => this.context.file.local(name));
    return [...this.requests].some((r) => {
      const error = errorOf(r, this.entity, this.context);
      return error !== undefined && entity.includes(error);
    });
  }

  private visit(node: SyntaxNode, found: LifeEvent[]): void {
    if (node.kind === "func_literal") {
      const inside = node.find("identifier").filter((inner) => this.is(inner));
      const [first] = inside;
      if (!first) return;
      // A goroutine that only reads closes nothing; who else is to?
      const isOnlyRead =
        node.parent?.parent?.kind === "go_statement" &&
        inside.every((inner) => this.reference(inner).kind === "use");
      found.push({ kind: isOnlyRead ? "use" : "escape", node: first });
      return;
    }
    if (/^(?:assignment_statement|short_var_declaration|var_spec)$/.test(node.kind)) {
      this.assignment(node, found);
      return;
    }
    for (const child of node.children) this.visit(child, found);
    if (this.is(node)) found.push(this.reference(node));
  }

  private assignment(node: SyntaxNode, found: LifeEvent[]): void {
    const right = node.field("right") ?? node.field("value");
    if (right) this.visit(right, found);
    const left = node.kind === "var_spec" ? node.fields("name") : listed(node.field("left") ?? node);
    for (const target of left) {
      if (!this.is(target)) {
        if (target.kind !== "identifier") this.visit(target, found);
        continue;
      }
      const value = this.entity.assignments.find((a) => a.node === node)?.value;
      if (value && this.requests.has(bare(value))) found.push({ kind: "acquire", node: bare(value) });
      else found.push({ kind: value?.kind === "nil" ? "forget" : "hold", node: target });
    }
  }

  private reference(node: SyntaxNode): LifeEvent {
    const { parent } = node;
    if (parent?.kind === "binary_expression") return { kind: "use", node };
    if (parent?.kind === "argument_list") {
      const target = this.context.target(parent.parent!);
      const reads = target && READS.test(`${target.path}.${target.name}`);
      return { kind: reads ? "use" : "escape", node };
    }
    if (parent?.kind !== "selector_expression" || node.fieldName !== "operand")
      return { kind: "escape", node };
    const name = parent.field("field")?.text ?? "";
    if (name === "Body") return this.body(parent);
    // Other methods may close the body: Write does.
    const isCall = parent.parent?.kind === "call_expression" && parent.fieldName === "function";
    return { kind: isCall && !/^(?:Cookies|Location|ProtoAtLeast)$/.test(name) ? "escape" : "use", node };
  }

  /** What happens to the body, or to a reader around it. */
  private body(node: SyntaxNode, isDirect = true): LifeEvent {
    const { parent } = node;
    switch (parent?.kind) {
      case "selector_expression": {
        const call = parent.parent;
        if (call?.kind !== "call_expression" || parent.fieldName !== "function")
          return { kind: "escape", node };
        if (!isDirect || parent.field("field")?.text !== "Close") return { kind: "use", node };
        if (!this.closes.includes(call)) this.closes.push(call);
        return { kind: "release", node: call };
      }
      case "binary_expression":
        // Behind `if resp.Body != nil`, whether there is one to close is not known.
        return { kind: "escape", node };
      case "argument_list": {
        const call = parent.parent!;
        const target = this.context.target(call);
        const name = target ? `${target.path}.${target.name}` : "";
        if (/\.(?:ReadAll|Copy)$/.test(name)) this.readings.push(call);
        if (READS.test(name)) return { kind: "use", node };
        return WRAPS.test(name) ? this.body(call, false) : { kind: "escape", node };
      }
      case "expression_list":
        return { kind: !isDirect && this.staysHere(node, parent.parent!) ? "use" : "escape", node };
      default:
        return { kind: "escape", node };
    }
  }

  /** Whether a reader is kept in a variable that is only ever asked to read. */
  private staysHere(reader: SyntaxNode, statement: SyntaxNode): boolean {
    const entity = this.context.file
      .locals(this.entity.owner!)
      .find((e) => e.assignments.some((a) => a.node === statement && a.value && bare(a.value) === reader));
    if (entity?.assignments.length !== 1 || this.context.file.isCaptured(entity)) return false;
    return entity.references.every((node) => this.body(node, false).kind === "use");
  }

  /** `defer func() { resp.Body.Close() }()`, whatever else it does. */
  private deferred(call: SyntaxNode, literal: SyntaxNode): readonly LifeEvent[] {
    const found: LifeEvent[] = [];
    for (const argument of argumentsOf(call)) this.visit(argument, found);
    const inside = literal.find("identifier").filter((node) => this.is(node));
    const closing = inside.map((node) => this.reference(node)).find(({ kind }) => kind === "release");
    if (closing) found.push(closing);
    else if (inside[0]) found.push({ kind: "escape", node: inside[0] });
    return found;
  }
}
