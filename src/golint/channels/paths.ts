/** One function that closes a channel and, further on the same path, sends on it or closes it again. */
import type { RuleContext } from "../context.ts";
import type { Step } from "../flow/graph.ts";
import { followLifetime, type LifeEvent } from "../flow/lifetime.ts";
import { listed } from "../model/bind.ts";
import { enclosingFunction, type SyntaxNode, statementsOf } from "../syntax/node.ts";
import { closerCalled } from "./closers.ts";
import { type ChannelName, channelName, closedChannel, standsUnderFlag } from "./operations.ts";

export interface AfterClose {
  readonly close: SyntaxNode;
  /** What panics: the send or the second close. */
  readonly second: SyntaxNode;
  readonly kind: "send" | "close";
  readonly channel: string;
}

/** What a function does to channels after it closed them. */
export function afterClose(fn: SyntaxNode, context: RuleContext): AfterClose[] {
  const names = new Map<string, ChannelName>();
  fn.field("body")?.walk((node) => {
    if (node.kind === "func_literal" && enclosingFunction(node) !== fn) return false;
    const name = node.kind === "call_expression" ? closedBy(node, context) : undefined;
    if (name) names.set(`${name.entity.node.start}${name.path}`, name);
    return true;
  });
  return [...names.values()].flatMap((name) => follow(fn, name, context));
}

/** The channel a call closes, by itself or by a method that only does that. */
function closedBy(call: SyntaxNode, context: RuleContext): ChannelName | undefined {
  const channel = closedChannel(call, context);
  if (channel) return channelName(channel, context);
  const closer = closerCalled(call, context);
  const holder = closer && channelName(call.field("function")!.field("operand"), context);
  return holder && { entity: holder.entity, path: `${holder.path}.${closer.field}` };
}

function follow(fn: SyntaxNode, name: ChannelName, context: RuleContext): AfterClose[] {
  const { entity } = name;
  if (entity.assignments.some(({ node }) => enclosingFunction(node) !== entity.owner)) return [];
  if (
    entity.references.some(
      (node) => node.parent?.kind === "unary_expression" && node.parent.text.startsWith("&"),
    )
  )
    return [];
  const reader = new Reader(name, context);
  const lifetime = followLifetime({
    flow: context.flow(fn),
    file: context.file,
    names: new Set([entity]),
    events: (step) => reader.events(step),
    held: true,
  });
  if (!lifetime) return [];
  const channel = `${entity.name}${name.path}`;
  const found: AfterClose[] = [
    ...lifetime.usesAfterRelease.map(({ release, use }) => ({
      close: release,
      second: use,
      kind: "send" as const,
      channel,
    })),
    ...lifetime.doubleReleases.map(({ first, second }) => ({
      close: first,
      second,
      kind: "close" as const,
      channel,
    })),
  ];
  // One statement that runs again in a loop mostly knows by something else that it does not.
  return found.filter(
    ({ close, second }) =>
      (close !== second || isUnconditional(close)) && !standsUnderFlag(close) && !standsUnderFlag(second),
  );
}

/** In the own list of a loop with a head: every round comes by. */
function isUnconditional(close: SyntaxNode): boolean {
  const list = close.parent?.kind === "expression_statement" ? close.parent.parent : undefined;
  const loop = list?.parent?.parent;
  return loop?.kind === "for_statement" && loop.children.length > 1;
}

class Reader {
  constructor(
    private readonly name: ChannelName,
    private readonly context: RuleContext,
  ) {}

  private is(node: SyntaxNode | undefined): boolean {
    const name = channelName(node, this.context);
    return name?.entity === this.name.entity && name.path === this.name.path;
  }

  events(step: Step): readonly LifeEvent[] {
    if (step.kind === "end" || step.kind === "go") return [];
    const found: LifeEvent[] = [];
    const literal = step.kind === "defer" ? step.node.field("function") : undefined;
    if (literal?.kind === "func_literal") this.deferred(literal, found);
    else if (step.kind === "defer") this.call(step.node, found);
    else this.visit(step.node, found);
    return found;
  }

  private deferred(literal: SyntaxNode, found: LifeEvent[]): void {
    const body = literal.field("body");
    if (!body || /recover\(|Lock\(/.test(body.text)) return;
    for (const statement of statementsOf(body)) {
      const call = statement.kind === "expression_statement" ? statement.children[0] : undefined;
      if (call?.kind === "call_expression") this.call(call, found);
    }
  }

  private call(call: SyntaxNode, found: LifeEvent[]): void {
    const closed = closedBy(call, this.context);
    if (closed?.entity === this.name.entity && closed.path === this.name.path)
      found.push({ kind: "release", node: call });
  }

  private visit(node: SyntaxNode, found: LifeEvent[]): void {
    if (node.kind === "func_literal") {
      if (this.name.path !== "" && this.mentions(node)) found.push({ kind: "hold", node });
      return;
    }
    for (const child of node.children) this.visit(child, found);
    if (node.kind === "send_statement" && this.is(node.field("channel"))) found.push({ kind: "use", node });
    else if (node.kind === "call_expression") {
      const before = found.length;
      this.call(node, found);
      if (found.length === before && this.mayRenew(node)) found.push({ kind: "forget", node });
    } else if (
      /^(?:assignment_statement|short_var_declaration|range_clause|receive_statement|var_spec)$/.test(
        node.kind,
      )
    )
      this.assigned(node, found);
  }

  private assigned(node: SyntaxNode, found: LifeEvent[]): void {
    const left = node.field("left");
    for (const target of left ? listed(left) : node.fields("name")) {
      const name = target.kind === "identifier" && this.context.file.local(target) === this.name.entity;
      const path = channelName(target, this.context);
      const isPart = path?.entity === this.name.entity && this.name.path.startsWith(path.path);
      if (name || isPart) found.push({ kind: "forget", node: target }, { kind: "hold", node: target });
    }
  }

  private mentions(node: SyntaxNode): boolean {
    return node.find("identifier").some((inner) => this.context.file.local(inner) === this.name.entity);
  }

  /** A field's holder that is handed to code we do not follow may have another channel afterwards. */
  private mayRenew(call: SyntaxNode): boolean {
    if (this.name.path === "") return false;
    const fn = call.field("function");
    const holder = fn?.kind === "selector_expression" ? fn.field("operand") : undefined;
    return (
      (holder !== undefined && this.mentions(holder)) ||
      (call.field("arguments")?.children ?? []).some((a) => this.mentions(a))
    );
  }
}
