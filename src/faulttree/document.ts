/** One YAML file of the catalogue: read, checked against its schema, every error with its position. */
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";

/** Keys and indexes from the root of a document to a value. */
export type Path = readonly PropertyKey[];

export class YamlFile {
  readonly errors: string[] = [];
  private readonly counter = new LineCounter();
  private readonly document: Document.Parsed;

  /** `name` is what errors call the file. Syntax errors are in `errors` at once; nothing throws. */
  constructor(
    readonly name: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.counter, prettyErrors: false, uniqueKeys: true });
    for (const error of [...this.document.errors, ...this.document.warnings])
      this.report(error.pos[0], `${error.message.split("\n")[0]} Correct the YAML here.`);
  }

  /** The value in the shape of the schema; undefined, and errors, when it has another one. */
  read<T>(schema: z.ZodType<T>): T | undefined {
    if (this.errors.length > 0) return undefined;
    const result = schema.safeParse(this.document.toJS());
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.schemaError(schema, issue);
    return undefined;
  }

  /** Adds an error at a value, or at the nearest value above it that the file holds. */
  fail(path: Path, message: string): void {
    this.report(this.offset(path), message);
  }

  private report(offset: number, message: string): void {
    const { line, col } = this.counter.linePos(offset);
    this.errors.push(`${this.name}:${Math.max(1, line)}:${Math.max(1, col)}: ${message}`);
  }

  private schemaError(schema: z.ZodType, issue: z.core.$ZodIssue): void {
    if (issue.code !== "unrecognized_keys") {
      this.fail(issue.path, schemaMessage(issue));
      return;
    }
    const allowed = fieldsAt(schema, issue.path);
    for (const key of issue.keys) {
      const hint = allowed.length > 0 ? ` Allowed here: ${allowed.join(", ")}.` : "";
      this.report(
        this.keyOffset(issue.path, key),
        `"${key}" is not a field of the schema. Rename or remove it.${hint}`,
      );
    }
  }

  /** Where a value starts, or the nearest value above it that the file holds. */
  private offset(path: Path): number {
    let node: unknown = this.document.contents;
    let offset = 0;
    for (const key of path) {
      node = childOf(node, key);
      const range = (node as Node | undefined)?.range;
      if (!range) break;
      offset = range[0];
    }
    return offset;
  }

  private keyOffset(path: Path, key: string): number {
    const map = this.document.getIn(path as unknown[], true);
    const pair = isMap(map)
      ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    return (pair?.key as Node | undefined)?.range?.[0] ?? this.offset(path);
  }
}

function childOf(node: unknown, key: PropertyKey): unknown {
  const collection = node as { get?: (key: unknown, keepScalar: boolean) => unknown } | undefined;
  return collection?.get?.(key, true);
}

/** What is wrong and what to do. Zod names types; the author wants the field and the remedy. */
function schemaMessage(issue: z.core.$ZodIssue): string {
  const field = issue.path.length > 0 ? `"${issue.path.map(String).join(".")}"` : "the file";
  switch (issue.code) {
    case "invalid_type":
      return issue.message.includes("received undefined")
        ? `${field} is missing. Add it (${issue.expected}).`
        : `${field} must be of type ${issue.expected}. ${issue.message}. Quote texts that YAML reads as something else.`;
    case "invalid_value":
      return `${field} must be one of ${issue.values.map(String).join(", ")}. Choose one.`;
    case "too_small":
      return `${field} is empty or too small (at least ${issue.minimum}). Fill it in.`;
    case "too_big":
      return `${field} is too large (at most ${issue.maximum}). Lower it.`;
    case "invalid_format":
      return `${field} has not the form the schema describes${"pattern" in issue ? `, ${issue.pattern}` : ""}. Rewrite it.`;
    default:
      return `${field}: ${issue.message}. See docs/catalogue.md.`;
  }
}

/** Field names of the object at a path of a schema; empty where there is none. */
function fieldsAt(schema: unknown, path: Path): string[] {
  let current = unwrapped(schema);
  for (const key of path) {
    const shape = current?.shape;
    current = unwrapped(shape ? shape[String(key)] : (current?.def.element ?? current?.def.valueType));
  }
  return current?.shape ? Object.keys(current.shape) : [];
}

interface SchemaNode {
  readonly shape?: Record<string, unknown>;
  readonly def: { readonly innerType?: unknown; readonly element?: unknown; readonly valueType?: unknown };
}

function unwrapped(schema: unknown): SchemaNode | undefined {
  let node = schema as SchemaNode | undefined;
  while (node?.def.innerType) node = node.def.innerType as SchemaNode;
  return node;
}
