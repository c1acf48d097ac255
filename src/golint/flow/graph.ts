/** Control flow of one function: blocks of steps, and edges that say which condition held. */
import type { FileModel } from "../model/file.ts";
import { argumentsOf, bare, type SyntaxNode, statementsOf } from "../syntax/node.ts";

export interface Step {
  /** `end` is the closing brace a function runs into; its node is the body. */
  readonly kind: "run" | "defer" | "go" | "return" | "end";
  /** A simple statement, a condition without `&&`, `||` and `!`, a range clause, or a deferred call. */
  readonly node: SyntaxNode;
}

export interface Edge {
  readonly to: Block;
  /** The condition of the last step. For a range clause: whether there was another element. */
  readonly condition?: SyntaxNode;
  readonly holds?: boolean;
}

export interface Block {
  readonly id: number;
  readonly steps: Step[];
  readonly edges: Edge[];
}

export interface Flow {
  readonly fn: SyntaxNode;
  readonly entry: Block;
  /** Reached by return and by the end. */
  readonly exit: Block;
  /** Reached by panic, os.Exit and the like. */
  readonly abort: Block;
  readonly blocks: readonly Block[];
}

const flows = new WeakMap<SyntaxNode, Flow>();

/** The flow of a function declaration, method or literal with a body; made once. */
export function flowOf(fn: SyntaxNode, file: FileModel): Flow {
  let flow = flows.get(fn);
  if (!flow) {
    flow = new Builder(fn, file).build();
    flows.set(fn, flow);
  }
  return flow;
}

interface Targets {
  readonly label: string | undefined;
  readonly onBreak: Block;
  readonly onContinue?: Block;
}

class Builder {
  private readonly blocks: Block[] = [];
  private readonly exit = this.block();
  private readonly abort = this.block();
  private readonly targets: Targets[] = [];
  private readonly labels = new Map<string, Block>();
  private at: Block;
  private pendingLabel: string | undefined;
  private fallthrough: Block | undefined;

  constructor(
    private readonly fn: SyntaxNode,
    private readonly file: FileModel,
  ) {
    this.at = this.block();
  }

  build(): Flow {
    const entry = this.at;
    const body = this.fn.field("body")!;
    this.list(body);
    this.at.steps.push({ kind: "end", node: body });
    this.go(this.exit);
    return { fn: this.fn, entry, exit: this.exit, abort: this.abort, blocks: this.blocks };
  }

  private block(): Block {
    const block: Block = { id: this.blocks.length, steps: [], edges: [] };
    this.blocks.push(block);
    return block;
  }

  private go(to: Block, from = this.at): void {
    from.edges.push({ to });
  }

  /** What follows a jump is reached by nothing until a label or a join says so. */
  private jump(to: Block): void {
    this.go(to);
    this.at = this.block();
  }

  private run(node: SyntaxNode | undefined, kind: Step["kind"] = "run"): void {
    if (node) this.at.steps.push({ kind, node });
  }

  private list(block: SyntaxNode): void {
    for (const statement of statementsOf(block)) this.statement(statement);
  }

  private statement(node: SyntaxNode): void {
    const label = this.pendingLabel;
    this.pendingLabel = undefined;
    switch (node.kind) {
      case "block":
        this.list(node);
        return;
      case "if_statement":
        this.ifStatement(node);
        return;
      case "for_statement":
        this.forStatement(node, label);
        return;
      case "expression_switch_statement":
      case "type_switch_statement":
        this.switchStatement(node, label);
        return;
      case "select_statement":
        this.selectStatement(node, label);
        return;
      case "labeled_statement":
        this.labeled(node);
        return;
      case "return_statement":
        this.run(node, "return");
        this.jump(this.exit);
        return;
      case "break_statement":
      case "continue_statement":
        this.leave(node);
        return;
      case "goto_statement":
        this.jump(this.labelBlock(node.children[0]?.text ?? ""));
        return;
      case "fallthrough_statement":
        if (this.fallthrough) this.jump(this.fallthrough);
        return;
      case "defer_statement":
        this.run(node.children[0], "defer");
        return;
      case "go_statement":
        this.run(node.children[0], "go");
        return;
      case "expression_statement":
        this.run(node);
        if (this.endsProgram(node)) this.jump(this.abort);
        return;
      default:
        this.run(node);
    }
  }

  private ifStatement(node: SyntaxNode): void {
    this.run(node.field("initializer"));
    const [yes, after] = [this.block(), this.block()];
    const alternative = node.field("alternative");
    const no = alternative ? this.block() : after;
    const condition = node.field("condition");
    if (condition) this.condition(condition, yes, no);
    this.at = yes;
    const consequence = node.field("consequence");
    if (consequence) this.list(consequence);
    this.go(after);
    if (alternative) {
      this.at = no;
      this.statement(alternative);
      this.go(after);
    }
    this.at = after;
  }

  /** Lowers `&&`, `||` and `!` to edges, so that each edge carries one plain condition. */
  private condition(expression: SyntaxNode, yes: Block, no: Block): void {
    const node = bare(expression);
    const operator = node.field("operator")?.kind;
    if (node.kind === "unary_expression" && operator === "!") {
      this.condition(node.field("operand")!, no, yes);
      return;
    }
    if (node.kind === "binary_expression" && (operator === "&&" || operator === "||")) {
      const second = this.block();
      if (operator === "&&") this.condition(node.field("left")!, second, no);
      else this.condition(node.field("left")!, yes, second);
      this.at = second;
      this.condition(node.field("right")!, yes, no);
      return;
    }
    this.run(node);
    this.at.edges.push({ to: yes, condition: node, holds: true }, { to: no, condition: node, holds: false });
  }

  private forStatement(node: SyntaxNode, label: string | undefined): void {
    const clause = node.children.find((child) => child.fieldName !== "body");
    const [head, body, update, after] = [this.block(), this.block(), this.block(), this.block()];
    if (clause?.kind === "for_clause") this.run(clause.field("initializer"));
    // What is ranged over is evaluated once, before the loop.
    if (clause?.kind === "range_clause") this.run(clause.field("right"));
    this.go(head);
    this.at = head;
    const condition = clause?.kind === "for_clause" ? clause.field("condition") : clause;
    if (!condition) this.go(body);
    else if (condition.kind === "range_clause") {
      this.run(condition);
      head.edges.push({ to: body, condition, holds: true }, { to: after, condition, holds: false });
    } else this.condition(condition, body, after);
    this.targets.push({ label, onBreak: after, onContinue: update });
    this.at = body;
    const block = node.field("body");
    if (block) this.list(block);
    this.targets.pop();
    this.go(update);
    this.at = update;
    if (clause?.kind === "for_clause") this.run(clause.field("update"));
    this.go(head);
    this.at = after;
  }

  private switchStatement(node: SyntaxNode, label: string | undefined): void {
    this.run(node.field("initializer"));
    const value = node.field("value");
    this.run(value);
    const after = this.block();
    const cases = node.children.filter((child) => child.kind.endsWith("_case"));
    const bodies = cases.map(() => this.block());
    let otherwise = after;
    for (const [index, part] of cases.entries()) {
      const body = bodies[index]!;
      if (part.kind === "default_case") otherwise = body;
      else if (value === undefined && node.kind === "expression_switch_statement")
        this.caseConditions(part, body);
      else {
        this.run(part.field("value"));
        this.go(body);
        const next = this.block();
        this.go(next);
        this.at = next;
      }
    }
    this.go(otherwise);
    this.bodies(cases, bodies, after, label);
  }

  private caseConditions(part: SyntaxNode, body: Block): void {
    for (const condition of part.field("value")?.children ?? []) {
      const next = this.block();
      this.condition(condition, body, next);
      this.at = next;
    }
  }

  private bodies(
    cases: readonly SyntaxNode[],
    bodies: readonly Block[],
    after: Block,
    label: string | undefined,
  ): void {
    const outer = this.fallthrough;
    this.targets.push({ label, onBreak: after });
    for (const [index, part] of cases.entries()) {
      this.at = bodies[index]!;
      this.fallthrough = bodies[index + 1];
      if (part.kind === "communication_case") this.run(part.field("communication"));
      this.list(part);
      this.go(after);
    }
    this.targets.pop();
    this.fallthrough = outer;
    this.at = after;
  }

  private selectStatement(node: SyntaxNode, label: string | undefined): void {
    const cases = node.children.filter((child) => child.kind.endsWith("_case"));
    const bodies = cases.map(() => this.block());
    for (const body of bodies) this.go(body);
    this.bodies(cases, bodies, this.block(), label);
  }

  private labeled(node: SyntaxNode): void {
    const name = node.field("label")?.text ?? "";
    const block = this.labelBlock(name);
    this.go(block);
    this.at = block;
    this.pendingLabel = name;
    const statement = node.children.find((child) => child.fieldName !== "label");
    if (statement) this.statement(statement);
  }

  private labelBlock(name: string): Block {
    const known = this.labels.get(name);
    if (known) return known;
    const block = this.block();
    this.labels.set(name, block);
    return block;
  }

  private leave(node: SyntaxNode): void {
    const label = node.children[0]?.text;
    const isBreak = node.kind === "break_statement";
    const fits = (t: Targets) =>
      (label === undefined || t.label === label) && (isBreak || t.onContinue !== undefined);
    const target = this.targets.findLast(fits);
    // Code as it is typed may have no loop around it yet.
    this.jump(target ? (isBreak ? target.onBreak : target.onContinue!) : this.abort);
  }

  private endsProgram(statement: SyntaxNode): boolean {
    const call = statement.children[0];
    const fn = call?.kind === "call_expression" ? call.field("function") : undefined;
    if (!fn) return false;
    if (fn.kind === "identifier") return fn.text === "panic" && !this.file.entity(fn);
    const target = this.file.qualified(fn);
    if (target && !/^Fatal/.test(target.name))
      return /^(?:os\.Exit|runtime\.Goexit|log\.(?:Fatal|Panic)(?:f|ln)?|syscall\.Exit)$/.test(
        `${target.path}.${target.name}`,
      );
    // testing.T and loggers share these names; FatalIfError and its like may come back.
    const name = fn.field("field")?.text ?? "";
    return /^(?:Fatal\w*|FailNow|Skip|Skipf|SkipNow)$/.test(name) && !/^Fatal(?:If|On)/.test(name);
  }
}

/** Calls in a step in the order they are evaluated, arguments first; those in function literals are left out. */
export function callsIn(node: SyntaxNode): SyntaxNode[] {
  const calls: SyntaxNode[] = [];
  const visit = (at: SyntaxNode): void => {
    if (at.kind === "func_literal") return;
    for (const child of at.children) visit(child);
    if (at.kind === "call_expression") calls.push(at);
  };
  visit(node);
  return calls;
}

export { argumentsOf };
