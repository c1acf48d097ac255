/**
 * Our own syntax nodes: plain objects made from tree-sitter's tree, because each look into its WebAssembly memory
 * costs as much as a hundred property reads.
 *
 * Offsets are UTF-16 code units into the file's text. They are kept relative to the top-level declaration, so that
 * a declaration whose text did not change is used again after an edit above it.
 */

/** A top-level declaration (or comment) and all nodes below it. */
export interface Chunk {
  /** Offset of its first character in the file. Moves with edits above. */
  base: number;
  readonly text: string;
  /** Comments inside it, in order. Those in a body appear when the body is first looked into. */
  readonly comments: SyntaxNode[];
}

export class SyntaxNode {
  /** The node this one is a child of; absent at the top. */
  parent: SyntaxNode | undefined;
  private loaded: SyntaxNode[] | undefined;

  constructor(
    /** Node type of the Go grammar: `call_expression`, `ERROR`, or an operator's text. */
    readonly kind: string,
    /** Field name in the parent, or "". */
    readonly fieldName: string,
    readonly chunk: Chunk,
    private readonly from: number,
    private readonly to: number,
    children: SyntaxNode[] | undefined,
    private load: (() => SyntaxNode[]) | undefined,
    /** The parser put it in where the text lacks it. */
    readonly missing: boolean,
  ) {
    this.loaded = children;
  }

  get start(): number {
    return this.chunk.base + this.from;
  }

  get end(): number {
    return this.chunk.base + this.to;
  }

  get text(): string {
    return this.chunk.text.slice(this.from, this.to);
  }

  /** Named children and operators, without comments. */
  get children(): readonly SyntaxNode[] {
    if (!this.loaded) {
      this.loaded = this.load?.() ?? [];
      this.load = undefined;
      for (const child of this.loaded) child.parent = this;
    }
    return this.loaded;
  }

  /** Whether the body of this function, if it is one with a body, has been converted. */
  get bodyLoaded(): boolean {
    return this.children.every((child) => child.load === undefined);
  }

  /** The first child in this field. */
  field(name: string): SyntaxNode | undefined {
    for (const child of this.children) if (child.fieldName === name) return child;
    return undefined;
  }

  fields(name: string): SyntaxNode[] {
    return this.children.filter((child) => child.fieldName === name);
  }

  /** The first child of one of these kinds. */
  child(...kinds: string[]): SyntaxNode | undefined {
    return this.children.find((child) => kinds.includes(child.kind));
  }

  /** The nearest node above of one of these kinds. */
  above(...kinds: string[]): SyntaxNode | undefined {
    for (let node = this.parent; node; node = node.parent) if (kinds.includes(node.kind)) return node;
    return undefined;
  }

  holds(other: SyntaxNode): boolean {
    return this.chunk === other.chunk && this.from <= other.from && other.to <= this.to;
  }

  /** This node and all below, parents first. `enter` returning false leaves out what is below a node. */
  walk(enter: (node: SyntaxNode) => unknown): void {
    if (enter(this) === false) return;
    for (const child of this.children) child.walk(enter);
  }

  find(kind: string): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    this.walk((node) => {
      if (node.kind === kind) found.push(node);
    });
    return found;
  }
}

/** The expression without parentheses around it. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.kind === "parenthesized_expression" && inner.children[0]) inner = inner.children[0];
  return inner;
}

/** The statements of a block, case or file part, in order. */
export function statementsOf(block: SyntaxNode): readonly SyntaxNode[] {
  const list = block.children.find((child) => child.kind === "statement_list");
  return list ? list.children : block.children.filter((child) => isStatement(child));
}

export function isStatement(node: SyntaxNode): boolean {
  return (
    node.kind === "block" ||
    node.kind.endsWith("_statement") ||
    node.kind === "short_var_declaration" ||
    node.kind === "var_declaration" ||
    node.kind === "const_declaration" ||
    node.kind === "type_declaration"
  );
}

/** The statement that stands in a list and holds this node: where a line can be put before or after. */
export function listedStatement(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) {
    if (at.parent?.kind === "statement_list") return at;
    if (at.kind === "func_literal" && at !== node) return undefined;
  }
  return undefined;
}

/** The function (declaration, method or literal) whose body holds this node. */
export function enclosingFunction(node: SyntaxNode): SyntaxNode | undefined {
  return node.above("func_literal", "function_declaration", "method_declaration");
}

/** Whether a loop lies between this node and its function. */
export function inLoop(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.kind === "for_statement") return true;
    if (at.kind === "func_literal" || (at.kind.endsWith("_declaration") && at.field("body"))) return false;
  }
  return false;
}

export const argumentsOf = (call: SyntaxNode): readonly SyntaxNode[] =>
  call.field("arguments")?.children ?? [];
