/** A file open in the editor: its text as it is typed, and a tree that follows it. */
import { fileURLToPath } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { GoParser, SourceFile, SyntaxTree, TextChange } from "../golint/index.ts";

/** As the protocol has it: with a range, or the whole text. */
export interface ContentChange {
  readonly text: string;
  readonly range?: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export class OpenFile implements SourceFile {
  /** Milliseconds the last whole check took. */
  cost = 0;
  /** Milliseconds the last check of a changed function took. */
  quickCost = 0;
  /** `performance.now()` of the last change. */
  changed = 0;
  /** The version that was last opened or saved. */
  savedVersion: number;
  private parsed: SyntaxTree | undefined;
  private pending: TextChange[] = [];
  private document: TextDocument;

  constructor(
    readonly uri: string,
    /** Undefined for what lies in no folder of this machine. */
    readonly path: string | undefined,
    private readonly parser: GoParser,
    version: number,
    text: string,
  ) {
    this.document = TextDocument.create(uri, "go", version, text);
    this.savedVersion = version;
  }

  get name(): string {
    return this.path ?? this.uri;
  }

  get version(): number {
    return this.document.version;
  }

  get text(): string {
    return this.document.getText();
  }

  /** Positions count as the protocol does; those beyond the text are its end. */
  offsetAt(position: { readonly line: number; readonly character: number }): number {
    return this.document.offsetAt(position);
  }

  range(from: number, to: number) {
    return { start: this.document.positionAt(from), end: this.document.positionAt(to) };
  }

  change(changes: readonly ContentChange[], version: number): void {
    for (const change of changes) {
      if (change.range) {
        const [from, to] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)];
        // The document swaps a range's ends that are in the wrong order.
        this.pending.push({ from: Math.min(from, to), to: Math.max(from, to), insert: change.text });
      } else this.forgetTree();
      this.document = TextDocument.update(this.document, [change], version);
    }
    this.changed = performance.now();
  }

  /** The tree of the text as it is now; what did not change since the last one is used again. */
  get tree(): SyntaxTree {
    const old = this.parsed;
    if (old && this.pending.length === 0) return old;
    const changes = this.pending;
    // Before the work: after a failure it starts afresh.
    this.parsed = undefined;
    this.pending = [];
    this.parsed = old ? this.parser.reparse(old, changes) : this.parser.parse(this.text);
    return this.parsed;
  }

  /** The next tree is made from nothing. */
  forgetTree(): void {
    this.parsed?.dispose();
    this.parsed = undefined;
    this.pending = [];
  }
}

/** The path of a `file:` URI; undefined for any other, and for what is none. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
