/** One source file: imports, preamble, declarations, and what its names stand for. Everything is worked out when asked. */
import type { Position } from "../syntax/lines.ts";
import { enclosingFunction, type SyntaxNode } from "../syntax/node.ts";
import type { SyntaxTree } from "../syntax/parser.ts";
import { type Bindings, bind } from "./bind.ts";
import { type CPreamble, EMPTY_PREAMBLE, readPreamble } from "./c-preamble.ts";
import type { Entity } from "./entity.ts";
import type { PackageModel } from "./package.ts";

export interface Import {
  readonly path: string;
  /** Name in this file; "." and "_" as written. Without an alias the path's last element, less its version. */
  readonly name: string;
  readonly node: SyntaxNode;
}

export class FileModel {
  /** Where set, `calls`, `functions` and `bodies` look in these declarations alone. */
  focus: ReadonlySet<SyntaxNode> | undefined;
  private importList: readonly Import[] | undefined;
  private preambleRead: CPreamble | undefined;
  private declaredRead: CPreamble | undefined;

  constructor(
    /** As the caller names it; never opened here. */
    readonly name: string,
    readonly tree: SyntaxTree,
    readonly pkg: PackageModel,
  ) {}

  get text(): string {
    return this.tree.text;
  }

  get declarations(): readonly SyntaxNode[] {
    return this.tree.declarations;
  }

  private get inFocus(): readonly SyntaxNode[] {
    const { focus, declarations } = this;
    return focus ? declarations.filter((top) => focus.has(top)) : declarations;
  }

  position(offset: number): Position {
    return this.tree.lines.position(offset);
  }

  get imports(): readonly Import[] {
    this.importList ??= this.declarations
      .filter((node) => node.kind === "import_declaration")
      .flatMap((node) => node.find("import_spec"))
      .map(readImport);
    return this.importList;
  }

  /** The name under which a package is imported here; undefined where it is not. */
  importName(path: string): string | undefined {
    return this.imports.find((i) => i.path === path && i.name !== "_" && i.name !== ".")?.name;
  }

  get usesCgo(): boolean {
    return this.imports.some((i) => i.path === "C");
  }

  /** The comment above `import "C"`. */
  get preamble(): CPreamble {
    this.preambleRead ??= this.readPreamble();
    return this.preambleRead;
  }

  /** All that is known to be declared in C: the preamble, and the package's own headers that it includes. */
  get declaredInC(): CPreamble {
    const { headers } = this.pkg.options;
    this.declaredRead ??= headers ? headers.including(this.preamble, this.pkg.includeFolders) : this.preamble;
    return this.declaredRead;
  }

  /** The comments that make up the preamble, in order, and the import they stand above. */
  preambleNodes(): { readonly comments: readonly SyntaxNode[]; readonly import: SyntaxNode } | undefined {
    const at = this.declarations.findIndex(
      (node) =>
        node.kind === "import_declaration" &&
        node.find("import_spec").some((s) => readImport(s).path === "C"),
    );
    const found = this.declarations[at];
    if (!found) return undefined;
    const spec = found.find("import_spec").find((s) => readImport(s).path === "C")!;
    const inList = spec.parent?.kind === "import_spec_list";
    const comments: SyntaxNode[] = [];
    let below = inList ? spec : found;
    if (inList) {
      for (const comment of found.chunk.comments.filter((c) => c.end <= spec.start).reverse()) {
        if (!/^[ \t\r]*\n[ \t]*$/.test(this.text.slice(comment.end, below.start))) break;
        comments.unshift(comment);
        below = comment;
      }
      return { comments, import: spec };
    }
    for (let up = at - 1; this.declarations[up]?.kind === "comment"; up--) {
      const comment = this.declarations[up]!;
      // An empty line ends a doc comment, and cgo takes the doc comment.
      if (/\n[ \t\r]*\n/.test(this.text.slice(comment.end, below.start))) break;
      comments.unshift(comment);
      below = comment;
    }
    return { comments, import: found };
  }

  private readPreamble(): CPreamble {
    const nodes = this.preambleNodes();
    if (!nodes || nodes.comments.length === 0) return EMPTY_PREAMBLE;
    const text = nodes.comments.map((c) => (c.text.startsWith("/*") ? c.text.slice(2, -2) : c.text.slice(2)));
    return readPreamble(text.join("\n"));
  }

  /** Functions and methods with a body; with `having`, those whose text holds it. */
  functions(having?: string): readonly SyntaxNode[] {
    return this.inFocus.filter(
      (node) =>
        (node.kind === "function_declaration" || node.kind === "method_declaration") &&
        (having === undefined || node.chunk.text.includes(having)) &&
        node.field("body") !== undefined,
    );
  }

  /** All function bodies whose text holds `having`: declarations, and the literals in them and in variables. */
  bodies(having: string): readonly SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (const top of this.inFocus) {
      if (top.kind === "comment" || !top.chunk.text.includes(having)) continue;
      top.walk((node) => {
        const isFunction =
          node.kind === "func_literal" ||
          node.kind === "function_declaration" ||
          node.kind === "method_declaration";
        if (isFunction && node.field("body") && node.text.includes(having)) found.push(node);
      });
    }
    return found;
  }

  /** Calls of `qualifier.name`, where the qualifier is an imported package's path; all of its functions without a name. */
  calls(path: string, name?: string): readonly SyntaxNode[] {
    const qualifier = this.importName(path);
    if (qualifier === undefined) return [];
    const wanted = `${qualifier}.${name ?? ""}`;
    const found: SyntaxNode[] = [];
    for (const top of this.inFocus) {
      if (top.kind === "comment" || top.kind === "import_declaration" || !top.chunk.text.includes(wanted))
        continue;
      for (const node of qualifiedCalls(top).get(qualifier) ?? []) {
        const target = this.qualified(node.field("function"));
        if (target?.path === path && (name === undefined || target.name === name)) found.push(node);
      }
    }
    return found;
  }

  /** `unsafe.Pointer`, `C.free`: the package and the name, where the operand is an imported package and not shadowed. */
  qualified(node: SyntaxNode | undefined): { readonly path: string; readonly name: string } | undefined {
    if (node?.kind !== "selector_expression" && node?.kind !== "qualified_type") return undefined;
    const operand = node.kind === "qualified_type" ? node.field("package") : node.field("operand");
    const member = node.kind === "qualified_type" ? node.field("name") : node.field("field");
    if (!operand || !member || (operand.kind !== "identifier" && operand.kind !== "package_identifier"))
      return undefined;
    const name = operand.text;
    const found = this.imports.find((i) => i.name === name);
    if (!found || (operand.kind === "identifier" && this.local(operand))) return undefined;
    return { path: found.path, name: member.text };
  }

  /** What a name declared in its own function (or declaration) stands for. */
  local(identifier: SyntaxNode): Entity | undefined {
    return this.bindingsOf(identifier).get(identifier);
  }

  /** What a name stands for, local or of the package. */
  entity(identifier: SyntaxNode): Entity | undefined {
    return this.local(identifier) ?? this.pkg.entity(identifier.text);
  }

  private bindingsOf(node: SyntaxNode): Bindings {
    let top = node;
    while (top.parent) top = top.parent;
    let bindings = bound.get(top);
    if (!bindings) {
      bindings =
        top.kind === "function_declaration" ||
        top.kind === "method_declaration" ||
        top.kind === "ERROR" ||
        top.find("func_literal").length > 0
          ? bind(top)
          : new Map();
      bound.set(top, bindings);
    }
    return bindings;
  }

  /** Local names of a function and of the literals in it. */
  locals(fn: SyntaxNode): readonly Entity[] {
    let found = localsOf.get(fn);
    if (!found) {
      found = [...new Set(this.bindingsOf(fn).values())].filter(
        (entity) => entity.owner !== undefined && fn.holds(entity.node),
      );
      localsOf.set(fn, found);
    }
    return found;
  }

  /** Whether a local is used in a function literal within the function that declares it. */
  isCaptured(entity: Entity): boolean {
    return entity.references.some((node) => enclosingFunction(node) !== entity.owner);
  }
}

/**
 * What follows from a declaration's own text is kept with its nodes, which outlive an edit elsewhere in the file: an
 * editor asks for all of it again with each key.
 */
const bound = new WeakMap<SyntaxNode, Bindings>();
const localsOf = new WeakMap<SyntaxNode, readonly Entity[]>();
const callsOf = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly SyntaxNode[]>>();

/** Calls of `name.function` in a declaration, by name, in order. */
function qualifiedCalls(top: SyntaxNode): ReadonlyMap<string, readonly SyntaxNode[]> {
  let found = callsOf.get(top);
  if (!found) {
    const calls = new Map<string, SyntaxNode[]>();
    top.walk((node) => {
      const fn = node.kind === "call_expression" ? node.field("function") : undefined;
      const operand = fn?.kind === "selector_expression" ? fn.field("operand") : undefined;
      if (operand?.kind !== "identifier") return;
      const own = calls.get(operand.text);
      if (own) own.push(node);
      else calls.set(operand.text, [node]);
    });
    found = calls;
    callsOf.set(top, found);
  }
  return found;
}

function readImport(spec: SyntaxNode): Import {
  const path = (spec.field("path")?.text ?? "").slice(1, -1);
  const alias = spec.field("name")?.text;
  return { path, name: alias ?? defaultName(path), node: spec };
}

function defaultName(path: string): string {
  const parts = path.split("/");
  const last = /^v\d+$/.test(parts.at(-1)!) && parts.length > 1 ? parts.at(-2)! : parts.at(-1)!;
  return last
    .replace(/\.v\d+$/, "")
    .replace(/^go-/, "")
    .replace(/-/g, "_");
}
