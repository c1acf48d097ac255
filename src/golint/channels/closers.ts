/** Methods that close a channel of their receiver without looking whether it is closed. */
import type { RuleContext } from "../context.ts";
import type { FileModel } from "../model/file.ts";
import type { PackageModel } from "../model/package.ts";
import { receiverType } from "../model/package.ts";
import { argumentsOf, bare, type SyntaxNode, statementsOf } from "../syntax/node.ts";
import { isProtected } from "./operations.ts";

export interface Closer {
  readonly type: string;
  readonly method: string;
  readonly field: string;
  readonly close: SyntaxNode;
  readonly node: SyntaxNode;
  readonly file: FileModel;
}

const known = new WeakMap<PackageModel, ReadonlyMap<string, Closer>>();

/** By `Type.method`. */
function closers(pkg: PackageModel): ReadonlyMap<string, Closer> {
  const made = known.get(pkg);
  if (made) return made;
  const found = new Map<string, Closer>();
  for (const name of pkg.fileNames) {
    if (!/\bclose\(\w+\.\w+\)/.test(pkg.textOf(name))) continue;
    const file = pkg.file(name);
    for (const node of file.declarations) {
      const closer = node.kind === "method_declaration" ? closerOf(node, file) : undefined;
      if (closer) found.set(`${closer.type}.${closer.method}`, closer);
    }
  }
  known.set(pkg, found);
  return found;
}

function closerOf(node: SyntaxNode, file: FileModel): Closer | undefined {
  const body = node.field("body");
  const receiver = node.field("receiver")?.children[0]?.field("name")?.text;
  if (!body || receiver === undefined || !body.text.includes("close(") || isProtected(node)) return undefined;
  for (const statement of statementsOf(body)) {
    // What may leave before makes sure of something.
    if (/\breturn\b/.test(statement.text)) return undefined;
    const call = statement.kind === "expression_statement" ? statement.children[0] : undefined;
    const fn = call?.kind === "call_expression" ? call.field("function") : undefined;
    const channel = call && argumentsOf(call)[0] && bare(argumentsOf(call)[0]!);
    if (!call || fn?.text !== "close" || channel?.kind !== "selector_expression") continue;
    const field = channel.field("field")!.text;
    if (channel.field("operand")!.text !== receiver) continue;
    if (new RegExp(`\\.${field}\\s*(?:,[^=\\n]*)?=[^=]`).test(body.text)) return undefined;
    return { type: receiverType(node), method: node.field("name")!.text, field, close: call, node, file };
  }
  return undefined;
}

/** Whether a function's text may close a channel, by itself or through a closer. */
export function mayClose(text: string, pkg: PackageModel): boolean {
  if (/\bclose\(/.test(text)) return true;
  for (const { method } of closers(pkg).values()) if (text.includes(`.${method}(`)) return true;
  return false;
}

/** The closer that `x.Stop()` calls, where x's type is known. */
export function closerCalled(call: SyntaxNode, context: RuleContext): Closer | undefined {
  const fn = call.field("function");
  if (call.kind !== "call_expression" || fn?.kind !== "selector_expression") return undefined;
  const all = closers(context.file.pkg);
  if (all.size === 0) return undefined;
  const method = fn.field("field")!.text;
  let named = false;
  for (const closer of all.values()) if (closer.method === method) named = true;
  if (!named) return undefined;
  const type = context.types.typeOf(fn.field("operand")!);
  const of = type.kind === "pointer" ? type.element : type;
  return of.kind === "named" && of.package === "" ? all.get(`${of.name}.${method}`) : undefined;
}
