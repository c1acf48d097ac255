/** Who calls a function of the package, and with what. */
import { argumentsOf, type SyntaxNode } from "../syntax/node.ts";
import type { Entity } from "./entity.ts";
import type { FileModel } from "./file.ts";
import { receiverType } from "./package.ts";

export const isExported = (name: string): boolean => /^\p{Lu}/u.test(name);

/** Whether other packages can call it by its name: an exported function, or such a method of an exported type. */
export function isOpen(fn: SyntaxNode): boolean {
  if (fn.kind === "func_literal" || !isExported(fn.field("name")?.text ?? "")) return false;
  return fn.kind !== "method_declaration" || isExported(receiverType(fn));
}

export interface Passed {
  readonly argument: SyntaxNode;
  readonly call: SyntaxNode;
  readonly file: FileModel;
}

/**
 * What the calls in the package pass for a parameter or receiver of a declared function. A call is known by its name and
 * number of arguments; those in tests count for tests alone.
 */
export function* argumentsFor(parameter: Entity, from: FileModel): Generator<Passed> {
  const { owner } = parameter;
  const name = owner?.field("name")?.text;
  if (!owner || name === undefined) return;
  const names = (owner.field("parameters")?.children ?? []).flatMap((p) => p.fields("name"));
  const at = names.indexOf(parameter.node);
  const isMethod = owner.kind === "method_declaration";
  for (const { call, file } of callsOf(name, names.length, isMethod, from)) {
    const argument = at < 0 ? call.field("function")?.field("operand") : argumentsOf(call)[at];
    if (argument) yield { argument, call, file };
  }
}

function* callsOf(
  name: string,
  count: number,
  isMethod: boolean,
  from: FileModel,
): Generator<{ readonly call: SyntaxNode; readonly file: FileModel }> {
  for (const fileName of from.pkg.fileNames) {
    if (fileName.endsWith("_test.go") && !from.name.endsWith("_test.go")) continue;
    if (!from.pkg.textOf(fileName).includes(`${name}(`)) continue;
    const file = from.pkg.file(fileName);
    for (const top of file.declarations) {
      if (top.kind === "comment" || !top.chunk.text.includes(`${name}(`)) continue;
      for (const call of top.find("call_expression")) {
        const fn = call.field("function");
        const called = isMethod && fn?.kind === "selector_expression" ? fn.field("field") : fn;
        if (called?.text === name && argumentsOf(call).length === count) yield { call, file };
      }
    }
  }
}
