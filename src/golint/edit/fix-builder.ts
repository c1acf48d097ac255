/** Builds the edits of one fix: statements with the right indentation, imports, includes. */
import type { FileModel } from "../model/file.ts";
import type { Fix, Span, Words } from "../rule.ts";
import type { SyntaxNode } from "../syntax/node.ts";
import type { ImportDrop, TextEdit } from "./text-edit.ts";

export class FixBuilder {
  private readonly edits: TextEdit[] = [];
  private readonly added = new Set<string>();
  private readonly drops: ImportDrop[] = [];

  constructor(private readonly file: FileModel) {}

  replace(node: Span, insert: string): this {
    this.edits.push({ from: node.start, to: node.end, insert });
    return this;
  }

  insert(at: number, insert: string): this {
    this.edits.push({ from: at, to: at, insert });
    return this;
  }

  /** Lines before a statement of a list. */
  insertBefore(statement: SyntaxNode, lines: readonly string[]): this {
    const indent = this.indent(statement);
    const glue = this.standsFirst(statement) ? `\n${indent}` : "; ";
    return this.insert(statement.start, lines.map((line) => line + glue).join(""));
  }

  /** Lines behind a statement of a list, behind the comment that ends its line. */
  insertAfter(statement: SyntaxNode, lines: readonly string[]): this {
    const rest = /^[^\n]*/.exec(this.file.text.slice(statement.end, statement.end + 2000))![0];
    const comment = /^[ \t]*(?:\/\/[^\r]*)?/.exec(rest)![0];
    const alone = comment.length === rest.replace(/\r$/, "").length;
    if (!alone) return this.insert(statement.end, lines.map((line) => `; ${line}`).join(""));
    const at = statement.end + (comment.includes("//") ? comment.length : 0);
    const indent = this.indent(statement);
    return this.insert(at, lines.map((line) => `\n${indent}${line}`).join(""));
  }

  /** Takes a statement out with its line, where it has the line to itself. */
  remove(statement: SyntaxNode): this {
    const { text } = this.file;
    let from = statement.start;
    let to = statement.end;
    while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
    const tail = /^[ \t]*(?:\/\/[^\n]*)?\r?\n/.exec(text.slice(to, to + 2000))?.[0];
    if (tail !== undefined && (from === 0 || text[from - 1] === "\n")) to += tail.length;
    else {
      from = statement.start;
      const separator = /^[ \t]*;[ \t]*/.exec(text.slice(to))?.[0];
      to += separator?.length ?? 0;
    }
    this.edits.push({ from, to, insert: "" });
    return this;
  }

  /** Makes sure the package is imported and returns the name it has here. */
  import(path: string): string {
    const known = this.file.importName(path);
    if (known !== undefined) return known;
    // Editors apply each edit they get: twice asked for is once imported.
    if (!this.added.has(path)) this.edits.push({ ...this.importEdit(path), shared: true });
    this.added.add(path);
    return path.split("/").at(-1)!;
  }

  private importEdit(path: string): TextEdit {
    const at = (offset: number, insert: string): TextEdit => ({ from: offset, to: offset, insert });
    const declarations = this.file.declarations.filter((node) => node.kind === "import_declaration");
    const list = declarations.map((d) => d.child("import_spec_list")).find((l) => l && l.children.length > 0);
    if (list) {
      const before = list.children
        .filter((s) => isStandard(specPath(s)) && specPath(s) < path && specPath(s) !== "C")
        .at(-1);
      if (before) return at(before.end, `\n\t"${path}"`);
      const first = list.children.find((s) => specPath(s) !== "C");
      // Before the preamble of a listed "C", nothing may come between.
      return first ? at(first.start, `"${path}"\n\t`) : at(list.children.at(-1)!.end, `\n\t"${path}"`);
    }
    const last = declarations.at(-1);
    if (last) return at(last.end, `\nimport "${path}"`);
    const clause = this.file.declarations.find((node) => node.kind === "package_clause");
    return at(clause?.end ?? 0, `\n\nimport "${path}"`);
  }

  /** Takes the import out when nothing but what lies in `gone` and in other fixes made with this one uses it. */
  dropImport(path: string, gone: readonly SyntaxNode[]): this {
    const found = this.file.imports.find((i) => i.path === path);
    const name = found?.name;
    if (!found || name === undefined || name === "_" || name === ".") return this;
    const { text } = this.file;
    const isAlone =
      found.node.parent?.kind === "import_declaration" || found.node.parent?.children.length === 1;
    const declaration = isAlone ? (found.node.above("import_declaration") ?? found.node) : found.node;
    let from = declaration.start;
    while (from > 0 && /[ \t]/.test(text[from - 1]!)) from--;
    // A whole declaration goes with the empty line above it.
    if (isAlone && text.slice(0, from).endsWith("\n\n")) from--;
    const to = declaration.end + (/^[ \t]*\r?\n/.exec(text.slice(declaration.end))?.[0].length ?? 0);
    const edit: TextEdit = { from, to, insert: "", shared: true };
    const uses = this.usesOf(name);
    const own = uses.filter((use) => gone.some((node) => node.holds(use)));
    if (own.length === uses.length) this.edits.push(edit);
    else {
      const starts = (nodes: readonly SyntaxNode[]) => nodes.map(({ start }) => start);
      this.drops.push({ edit, name, uses: starts(uses), gone: starts(own) });
    }
    return this;
  }

  private usesOf(name: string): SyntaxNode[] {
    const uses: SyntaxNode[] = [];
    for (const top of this.file.declarations) {
      if (top.kind === "comment" || !top.chunk.text.includes(`${name}.`)) continue;
      top.walk((node) => {
        if (node.children[0]?.text === name && this.file.qualified(node)) uses.push(node);
      });
    }
    return uses;
  }

  /** Makes sure the preamble includes a C header. Without an `import "C"` nothing is done. */
  include(header: string): this {
    const nodes = this.file.preambleNodes();
    if (!nodes || this.file.preamble.includes.includes(header)) return this;
    const first = nodes.comments[0];
    const line = `#include <${header}>`;
    const edit: TextEdit = !first
      ? {
          from: nodes.import.start,
          to: nodes.import.start,
          insert: `// ${line}\n${this.indent(nodes.import)}`,
        }
      : first.text.startsWith("/*")
        ? {
            from: first.start + 2,
            to: first.start + 2,
            insert: `\n${line}${/^\s*\n/.test(first.text.slice(2)) ? "" : "\n"}`,
          }
        : { from: first.start, to: first.start, insert: `// ${line}\n${this.indent(first)}` };
    this.edits.push({ ...edit, shared: true });
    return this;
  }

  /** A name that nothing in the function or the package has. */
  freshName(wanted: string, near: SyntaxNode): string {
    const { text } = near.chunk;
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted}${n}`;
      if (!new RegExp(`\\b${name}\\b`).test(text) && !this.file.pkg.entity(name)) return name;
    }
  }

  /** `kind` "fix": sure to compile and to mend. "suggestion": the author must look at it. */
  build(kind: Fix["kind"], title: Words): Fix {
    return { kind, title, edits: this.edits, ...(this.drops.length > 0 && { drops: this.drops }) };
  }

  private indent(node: SyntaxNode): string {
    return this.file.tree.lines.indentAt(node.start);
  }

  private standsFirst(statement: SyntaxNode): boolean {
    const { line } = this.file.position(statement.start);
    return this.file.text.slice(this.file.tree.lines.startOf(line), statement.start).trim() === "";
  }
}

const specPath = (spec: SyntaxNode): string => (spec.field("path")?.text ?? "").slice(1, -1);
const isStandard = (path: string): boolean => !path.split("/")[0]!.includes(".");
