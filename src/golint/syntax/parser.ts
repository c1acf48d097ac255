/**
 * The parser: tree-sitter with the Go grammar, both WebAssembly handed in as bytes, so that the command line, the
 * language server and a web worker load them each in its own way.
 */
import { Edit, Language, type Node, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import { LineIndex } from "./lines.ts";
import { type Chunk, SyntaxNode } from "./node.ts";

export interface ParserBytes {
  /** `web-tree-sitter.wasm` */
  readonly runtime: Uint8Array;
  /** `tree-sitter-go.wasm` */
  readonly grammar: Uint8Array;
}

/** A change of text: `text[from, to)` becomes `insert`. UTF-16 code units. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * Nodes inside of nodes, as long sums are. Deeper text is refused before the stack is full: an overflow inside of
 * WebAssembly leaves its own stack where it was, and the parser broken for all that comes after.
 */
const DEEPEST = 1000;

/** Brackets inside of brackets. In code with errors some 200 fill the parser's own stack, which breaks it as well. */
const MOST_BRACKETS = 100;

let started: Promise<void> | undefined;

export class GoParser {
  private constructor(
    private readonly parser: Parser,
    private readonly kinds: readonly string[],
    private readonly named: readonly boolean[],
    private readonly fieldNames: readonly (string | null)[],
  ) {}

  /** Throws where the bytes are no WebAssembly or the grammar's version does not fit. */
  static async load(bytes: ParserBytes): Promise<GoParser> {
    // Emscripten's option for a module that is there already.
    started ??= Parser.init({ wasmBinary: bytes.runtime } as object);
    await started;
    const language = await Language.load(bytes.grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    const named = language.types.map((_, id) => language.nodeTypeIsNamed(id));
    return new GoParser(parser, language.types, named, language.fields);
  }

  /** Parses any text: what is no Go becomes ERROR nodes. The tree must be disposed of. Never throws: see `refused`. */
  parse(text: string): SyntaxTree {
    return new SyntaxTree(this, text, this.run(text, undefined), new Map());
  }

  /** Parses what has become of a tree's text, using again what did not change. The old tree must not be used any more. */
  reparse(old: SyntaxTree, changes: readonly TextChange[]): SyntaxTree {
    let text = old.text;
    const known = old.chunksByText();
    for (const change of changes) {
      const after = text.slice(0, change.from) + change.insert + text.slice(change.to);
      old.edit(change, text, after);
      text = after;
    }
    const tree = new SyntaxTree(this, text, this.run(text, old.tree), known);
    old.dispose();
    return tree;
  }

  /** Undefined for what is nested too deep. */
  private run(text: string, old: Tree | undefined): Tree | undefined {
    if (bracketsIn(text) > MOST_BRACKETS) return undefined;
    this.parser.reset();
    return this.parser.parse(text, old) ?? undefined;
  }

  /** The node under the cursor with all below it; undefined for what our tree leaves out. Throws where it is nested too deep. */
  convert(cursor: TreeCursor, chunk: Chunk, fieldName: string, depth = 0): SyntaxNode | undefined {
    const type = cursor.nodeTypeId;
    const from = cursor.startIndex - chunk.base;
    const to = cursor.endIndex - chunk.base;
    const kind = type >= this.kinds.length ? "ERROR" : this.kinds[type]!;
    const named = type >= this.kinds.length || this.named[type]!;
    if (!named && fieldName !== "operator") return undefined;
    if (kind === "comment") {
      chunk.comments.push(new SyntaxNode(kind, "", chunk, from, to, [], undefined, false));
      return undefined;
    }
    const missing = from === to && cursor.nodeIsMissing;
    const node = new SyntaxNode(kind, fieldName, chunk, from, to, [], undefined, missing);
    for (const child of this.convertChildren(cursor, chunk, kind, depth + 1)) {
      child.parent = node;
      (node.children as SyntaxNode[]).push(child);
    }
    return node;
  }

  convertChildren(cursor: TreeCursor, chunk: Chunk, kind: string, depth = 0): SyntaxNode[] {
    if (depth > DEEPEST) throw new NestedTooDeep(`nested deeper than ${DEEPEST} levels`);
    const children: SyntaxNode[] = [];
    if (!cursor.gotoFirstChild()) return children;
    const lazyBody = kind === "function_declaration" || kind === "method_declaration";
    do {
      const field = cursor.currentFieldId;
      const name = field === 0 ? "" : (this.fieldNames[field] ?? "");
      const child =
        lazyBody && name === "body"
          ? this.lazy(cursor.currentNode, chunk, name)
          : this.convert(cursor, chunk, name, depth);
      if (child) children.push(child);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return children;
  }

  /** A function's body is converted when somebody looks into it; most never are. */
  private lazy(body: Node, chunk: Chunk, fieldName: string): SyntaxNode {
    const base = chunk.base;
    const load = (): SyntaxNode[] => {
      const moved = chunk.base;
      chunk.base = base;
      const cursor = body.walk();
      try {
        return this.convertChildren(cursor, chunk, body.type);
      } finally {
        cursor.delete();
        chunk.base = moved;
      }
    };
    return new SyntaxNode(
      body.type,
      fieldName,
      chunk,
      body.startIndex - base,
      body.endIndex - base,
      undefined,
      load,
      false,
    );
  }
}

class NestedTooDeep extends Error {}

/**
 * How deep brackets are inside of brackets. What is in a string or a comment counts by itself: to the parser, which has
 * lost its way in code with errors, it may be code.
 */
function bracketsIn(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const step = bracket(code);
    if (step !== 0) {
      depth = Math.max(0, depth + step);
      deepest = Math.max(deepest, depth);
    } else if (code === 0x22 || code === 0x27 || code === 0x60 || code === 0x2f) {
      const end = afterQuoted(text, at, code);
      for (let inner = depth; at < end; at++) {
        inner = Math.max(0, inner + bracket(text.charCodeAt(at)));
        deepest = Math.max(deepest, inner);
      }
    }
  }
  return deepest;
}

const bracket = (code: number): number =>
  code === 0x28 || code === 0x5b || code === 0x7b
    ? 1
    : code === 0x29 || code === 0x5d || code === 0x7d
      ? -1
      : 0;

/** The last character of the string, rune or comment that begins here; the same place where none does. */
function afterQuoted(text: string, at: number, code: number): number {
  if (code === 0x60) return endOf(text, "`", at + 1, 1);
  if (code === 0x2f) {
    if (text[at + 1] === "*") return endOf(text, "*/", at + 2, 2);
    return text[at + 1] === "/" ? endOf(text, "\n", at + 2, 1) : at;
  }
  for (let end = at + 1; end < text.length; end++) {
    const next = text.charCodeAt(end);
    if (next === code || next === 0x0a) return end;
    if (next === 0x5c) end++;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number, length: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + length - 1;
}

/** The nodes of one file. */
export class SyntaxTree {
  readonly lines: LineIndex;
  private tops: SyntaxNode[] | undefined;
  private why: string | undefined;
  private disposed = false;

  constructor(
    private readonly parser: GoParser,
    readonly text: string,
    /** Undefined where the text was refused. */
    readonly tree: Tree | undefined,
    private readonly reusable: Map<string, SyntaxNode>,
  ) {
    this.lines = new LineIndex(text);
  }

  /** Top-level declarations, clauses, comments and ERROR nodes, in order. */
  get declarations(): readonly SyntaxNode[] {
    this.tops ??= this.convert();
    return this.tops;
  }

  /** Why there are no declarations, where the text is nested too deep to be read. */
  get refused(): string | undefined {
    return this.declarations.length > 0 ? undefined : this.why;
  }

  private convert(): SyntaxNode[] {
    if (!this.tree) {
      this.why = `nested deeper than ${MOST_BRACKETS} brackets`;
      return [];
    }
    const cursor = this.tree.walk();
    try {
      return cursor.gotoFirstChild() ? this.convertTops(cursor) : [];
    } catch (failure) {
      if (!(failure instanceof NestedTooDeep)) throw failure;
      this.why = failure.message;
      return [];
    } finally {
      cursor.delete();
      this.reusable.clear();
    }
  }

  private convertTops(cursor: TreeCursor): SyntaxNode[] {
    const tops: SyntaxNode[] = [];
    do {
      const { startIndex: base, endIndex } = cursor;
      if (base === endIndex) continue;
      const text = this.text.slice(base, endIndex);
      const known = this.reusable.get(text);
      if (known) {
        this.reusable.delete(text);
        known.chunk.base = base;
        tops.push(known);
        continue;
      }
      const chunk: Chunk = { base, text, comments: [] };
      const node = this.parser.convert(cursor, chunk, "");
      // A comment at the top is a node here, because preambles and directives are read from it.
      const top = node ?? chunk.comments.pop();
      if (top) tops.push(top);
    } while (cursor.gotoNextSibling());
    return tops;
  }

  /** For the next tree: bodies are looked into first, because what they would be read from goes away. */
  chunksByText(): Map<string, SyntaxNode> {
    const known = new Map<string, SyntaxNode>();
    for (const top of this.tops ?? []) if (isWhole(top)) known.set(top.chunk.text, top);
    return known;
  }

  edit(change: TextChange, before: string, after: string): void {
    const old = new LineIndex(before);
    const point = (index: LineIndex, offset: number) => {
      const { line, column } = index.position(offset);
      return { row: line - 1, column: column - 1 };
    };
    const newEnd = change.from + change.insert.length;
    this.tree?.edit(
      new Edit({
        startIndex: change.from,
        oldEndIndex: change.to,
        newEndIndex: newEnd,
        startPosition: point(old, change.from),
        oldEndPosition: point(old, change.to),
        newEndPosition: point(new LineIndex(after), newEnd),
      }),
    );
  }

  /** Frees the parser's memory. Bodies nobody looked into are lost. */
  dispose(): void {
    if (!this.disposed) this.tree?.delete();
    this.disposed = true;
  }
}

/** Whether all of a declaration is converted. Looking into a body needs the tree it came from, before its edit. */
function isWhole(top: SyntaxNode): boolean {
  return top.kind !== "ERROR" && top.bodyLoaded;
}
