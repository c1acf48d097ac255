/**
 * The life of one resource held in one variable, over every path through a function: is it released, twice, used
 * afterwards, handed on? Paths are told apart by the conditions they passed, so that `if ok { free }` and a later
 * `if !ok { free }` are not both taken.
 */

import { listed } from "../model/bind.ts";
import type { Entity } from "../model/entity.ts";
import type { FileModel } from "../model/file.ts";
import type { SyntaxNode } from "../syntax/node.ts";
import type { Block, Flow, Step } from "./graph.ts";

export interface LifeEvent {
  /**
   * `acquire`: it holds something this function must release. `hold`: something it need not, but may. `escape`:
   * somebody else may release it now. `forget`: it holds nothing.
   */
  readonly kind: "acquire" | "hold" | "release" | "use" | "escape" | "forget";
  readonly node: SyntaxNode;
}

export interface Lifetime {
  /** Ways out on which it is still held: the return, the body (for its end), or the assignment that overwrites it. */
  readonly leaks: readonly { readonly at: SyntaxNode; readonly overwritten: boolean }[];
  /** No path releases it or hands it on. */
  readonly neverReleased: boolean;
  readonly doubleReleases: readonly {
    readonly first: SyntaxNode;
    readonly second: SyntaxNode;
    readonly firstDeferred: boolean;
    readonly secondDeferred: boolean;
  }[];
  readonly usesAfterRelease: readonly { readonly release: SyntaxNode; readonly use: SyntaxNode }[];
  /** Handed to the caller by a return, while a deferred release stands that runs before the caller gets it. */
  readonly returnedReleased: readonly { readonly release: SyntaxNode; readonly use: SyntaxNode }[];
}

export interface LifetimeQuery {
  readonly flow: Flow;
  readonly file: FileModel;
  /** The variable and the names it is also known under. */
  readonly names: ReadonlySet<Entity>;
  /** What a step does to the resource, in the order of evaluation. */
  readonly events: (step: Step) => readonly LifeEvent[];
  /** It holds something from the function's begin, as a parameter does. */
  readonly held?: boolean;
  /** The error that came with what was acquired: while it is not nil, nothing is held. */
  readonly error?: (acquired: SyntaxNode) => Entity | undefined;
}

interface State {
  readonly status: "none" | "live" | "held" | "released" | "escaped";
  readonly site?: SyntaxNode;
  readonly deferred?: SyntaxNode;
  /** The error that tells whether it was acquired at all, while it was not assigned again. */
  readonly error?: Entity;
  /** Conditions passed, by text, while nothing they name was assigned. */
  readonly facts: ReadonlyMap<string, { readonly holds: boolean; readonly names: readonly string[] }>;
}

/** More states than this in one block are joined by forgetting conditions. */
const MOST_STATES = 48;
/** A function with more blocks is not followed: it is generated, and following it could take seconds. */
const MOST_BLOCKS = 3000;

const keyOf = (state: State): string =>
  `${state.status} ${state.site?.start ?? ""} ${state.deferred?.start ?? ""} ${state.error?.node.start ?? ""} ${[
    ...state.facts,
  ]
    .map(([text, f]) => `${text}=${f.holds}`)
    .sort()
    .join(";")}`;

/** Undefined where the function is too large to be followed. */
export function followLifetime(query: LifetimeQuery): Lifetime | undefined {
  if (query.flow.blocks.length > MOST_BLOCKS) return undefined;
  return new Follower(query).follow();
}

class Follower {
  private readonly states = new Map<Block, Map<string, State>>();
  private readonly events = new Map<Step, readonly LifeEvent[]>();
  private readonly assigned = new Map<Step, readonly string[]>();
  private readonly flags = new Map<Step, { readonly name: string; readonly holds: boolean } | "none">();
  private readonly leaks = new Map<SyntaxNode, { at: SyntaxNode; overwritten: boolean }>();
  private readonly doubles = new Map<string, Lifetime["doubleReleases"][number]>();
  private readonly uses = new Map<SyntaxNode, { release: SyntaxNode; use: SyntaxNode }>();
  private readonly returned = new Map<SyntaxNode, { release: SyntaxNode; use: SyntaxNode }>();
  private ended = false;

  constructor(private readonly query: LifetimeQuery) {}

  follow(): Lifetime {
    const { entry } = this.query.flow;
    const work = new Set<Block>([entry]);
    this.states.set(entry, new Map([["", { status: this.query.held ? "held" : "none", facts: new Map() }]]));
    for (const block of work) {
      work.delete(block);
      for (const state of [...this.states.get(block)!.values()]) this.throughBlock(block, state, work);
    }
    return {
      leaks: this.leaks.size > 0 && this.isUnfinished() ? [] : [...this.leaks.values()],
      neverReleased: !this.ended,
      doubleReleases: [...this.doubles.values()],
      usesAfterRelease: [...this.uses.values()],
      returnedReleased: [...this.returned.values()],
    };
  }

  /**
   * While somebody types, a brace that is missing puts the release below into another block, and what does not parse
   * may be the release itself: that nothing releases it is not known then.
   */
  private isUnfinished(): boolean {
    const names = [...this.query.names];
    const [owner] = names.flatMap((name) => name.owner ?? []);
    let unfinished = false;
    owner?.walk((node) => {
      if (node.missing) unfinished = true;
      if (node.kind === "ERROR")
        unfinished ||=
          /[{}]/.test(node.text) || names.some(({ name }) => new RegExp(`\\b${name}\\b`).test(node.text));
      return !unfinished;
    });
    return unfinished;
  }

  private throughBlock(block: Block, begin: State, work: Set<Block>): void {
    let state = begin;
    for (const step of block.steps) state = this.throughStep(step, state);
    for (const { to, condition, holds } of block.edges) {
      const next = condition ? this.passed(state, condition, holds!) : state;
      if (next && this.add(to, next)) work.add(to);
    }
  }

  private add(block: Block, state: State): boolean {
    const known = this.states.get(block) ?? new Map<string, State>();
    this.states.set(block, known);
    const kept = known.size >= MOST_STATES ? { ...state, facts: new Map() } : state;
    const key = keyOf(kept);
    if (known.has(key)) return false;
    known.set(key, kept);
    return true;
  }

  private throughStep(step: Step, begin: State): State {
    const events = this.events.get(step) ?? this.query.events(step);
    this.events.set(step, events);
    const again = begin.error?.assignments.some(({ node }) => step.node.holds(node));
    let state = again ? withoutError(begin) : begin;
    for (const event of events) state = this.happens(event, state, step);
    if (step.kind === "return" || step.kind === "end") this.leaves(step.node, state);
    const assigned = this.assigned.get(step) ?? assignedNames(step.node);
    this.assigned.set(step, assigned);
    if (assigned.length === 0) return state;
    const facts = new Map(
      [...state.facts].filter(([, fact]) => !fact.names.some((name) => assigned.includes(name))),
    );
    const flag = this.flags.get(step) ?? flagSet(step.node) ?? "none";
    this.flags.set(step, flag);
    if (flag !== "none") facts.set(flag.name, { holds: flag.holds, names: [flag.name] });
    return facts.size === 0 && state.facts.size === 0 ? state : { ...state, facts };
  }

  private happens({ kind, node }: LifeEvent, state: State, step: Step): State {
    switch (kind) {
      case "acquire":
        if (state.status === "live" && !state.deferred) this.leaks.set(node, { at: node, overwritten: true });
        return this.acquired(node, state);
      case "hold":
        if (state.status === "live" && !state.deferred) this.leaks.set(node, { at: node, overwritten: true });
        return { status: "held", facts: state.facts };
      case "release":
        return this.released(node, state, step);
      case "use":
        if (state.status === "released") this.uses.set(node, { release: state.site!, use: node });
        return state;
      case "escape":
        if (state.status === "released") this.uses.set(node, { release: state.site!, use: node });
        else if (state.deferred && step.kind === "return")
          this.returned.set(node, { release: state.deferred, use: node });
        if (state.status !== "live") return state;
        this.ended = true;
        return { ...state, status: "escaped" };
      case "forget":
        if (state.status === "live" && !state.deferred) this.leaks.set(node, { at: node, overwritten: true });
        return { status: "none", facts: state.facts };
    }
  }

  private acquired(node: SyntaxNode, { facts }: State): State {
    const error = this.query.error?.(node);
    return { status: "live", facts, ...(error && { error }) };
  }

  private released(node: SyntaxNode, state: State, step: Step): State {
    if (state.status === "none") return state;
    this.ended = true;
    if (step.kind === "defer") {
      if (state.deferred && state.deferred !== node) this.double(state.deferred, node, true, true);
      else if (state.status === "released") this.double(state.site!, node, false, true);
      return { ...state, deferred: node };
    }
    if (state.status === "released") this.double(state.site!, node, false, false);
    return { ...state, status: "released", site: node };
  }

  private double(
    first: SyntaxNode,
    second: SyntaxNode,
    firstDeferred: boolean,
    secondDeferred: boolean,
  ): void {
    this.doubles.set(`${first.start} ${second.start}`, { first, second, firstDeferred, secondDeferred });
  }

  private leaves(at: SyntaxNode, state: State): void {
    if (state.deferred && state.status === "released") this.double(state.site!, state.deferred, false, true);
    if (state.status === "live" && !state.deferred) this.leaks.set(at, { at, overwritten: false });
  }

  /** Whether a condition that came out so means that the error is not nil. */
  private saysFailed(condition: SyntaxNode, came: boolean, error: Entity): boolean {
    const is = (node: SyntaxNode | undefined) =>
      node?.kind === "identifier" && this.query.file.local(node) === error;
    const mentions = (node: SyntaxNode) => node.find("identifier").some(is);
    const operator = condition.kind === "binary_expression" ? condition.field("operator")?.kind : undefined;
    if (operator === "==" || operator === "!=") {
      const [left, right] = [condition.field("left"), condition.field("right")];
      if (!is(left) && !is(right)) return false;
      const toNil = left?.kind === "nil" || right?.kind === "nil";
      return toNil ? came === (operator === "!=") : came === (operator === "==");
    }
    if (!came) return false;
    // `errors.Is(err, x)`, and `_, ok := err.(T)` or `ok := isTimeout(err)` with a look at ok.
    if (condition.kind === "call_expression") return mentions(condition);
    const flag = condition.kind === "identifier" ? this.query.file.local(condition) : undefined;
    return flag?.assignments.some(({ value }) => value && mentions(value)) ?? false;
  }

  /** The state behind a condition; undefined where what is known rules the edge out. */
  private passed(state: State, condition: SyntaxNode, came: boolean): State | undefined {
    const { text, holds, names, nilOf } = normalised(condition, came);
    const known = state.facts.get(text);
    if (known && known.holds !== holds) return undefined;
    // A nil pointer holds nothing that could leak or be freed.
    const entity = nilOf && this.query.file.local(nilOf);
    const isNil = entity && holds && this.query.names.has(entity);
    const failed = state.error !== undefined && this.saysFailed(condition, came, state.error);
    const next: State =
      (isNil || failed) && (state.status === "live" || state.status === "held")
        ? { ...state, status: "none" }
        : state;
    if (known || !isStable(condition)) return next;
    return { ...next, facts: new Map([...next.facts, [text, { holds, names }]]) };
  }
}

const withoutError = ({ error: _, ...rest }: State): State => rest;

/** `a != b` is `a == b` that did not hold. */
function normalised(
  condition: SyntaxNode,
  came: boolean,
): { text: string; holds: boolean; names: string[]; nilOf?: SyntaxNode } {
  const names = condition.find("identifier").map((node) => node.text);
  const operator = condition.kind === "binary_expression" ? condition.field("operator")?.kind : undefined;
  if (operator !== "==" && operator !== "!=") return { text: condition.text, holds: came, names };
  const [left, right] = [condition.field("left")!, condition.field("right")!];
  const nilOf = right.kind === "nil" && left.kind === "identifier" ? left : undefined;
  return {
    text: `${left.text}==${right.text}`,
    holds: came === (operator === "=="),
    names,
    ...(nilOf && { nilOf }),
  };
}

/** Whether evaluating it again gives the same, while its names are not assigned: no calls, fields, indexes, receives. */
function isStable(condition: SyntaxNode): boolean {
  let stable = condition.kind !== "range_clause";
  condition.walk((node) => {
    if (
      /^(?:call_expression|index_expression|selector_expression|unary_expression|func_literal|type_assertion_expression)$/.test(
        node.kind,
      )
    )
      stable = false;
    return stable;
  });
  return stable;
}

/** `freed = true`, `ok := false`. */
function flagSet(step: SyntaxNode): { readonly name: string; readonly holds: boolean } | undefined {
  if (!/^(?:assignment_statement|short_var_declaration)$/.test(step.kind)) return undefined;
  const [left, right] = [step.field("left"), step.field("right")];
  const [name, more] = left ? listed(left) : [];
  const value = right && listed(right)[0]?.kind;
  if (name?.kind !== "identifier" || more || (value !== "true" && value !== "false")) return undefined;
  return { name: name.text, holds: value === "true" };
}

/** Names a step assigns; those that function literals in it assign count as well. */
function assignedNames(step: SyntaxNode): string[] {
  const names: string[] = [];
  step.walk((node) => {
    if (/^(?:assignment_statement|short_var_declaration|range_clause|receive_statement)$/.test(node.kind)) {
      const left = node.field("left");
      if (left) for (const name of listed(left)) names.push(name.text);
    } else if (node.kind === "var_spec") for (const name of node.fields("name")) names.push(name.text);
    else if (node.kind === "inc_statement" || node.kind === "dec_statement")
      names.push(node.children[0]?.text ?? "");
    else if (node.kind === "unary_expression" && node.field("operator")?.kind === "&")
      names.push(node.field("operand")?.text ?? "");
  });
  return names;
}
