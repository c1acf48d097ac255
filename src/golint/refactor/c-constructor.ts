/** A call that makes something in C, and the C function that takes it away again. */
import type { RuleContext } from "../context.ts";
import type { FileModel } from "../model/file.ts";
import { typeText } from "../model/types.ts";
import type { SyntaxNode } from "../syntax/node.ts";

export interface CConstructor {
  readonly call: SyntaxNode;
  /** C's name of it. */
  readonly name: string;
  /** The call with the conversions around it. */
  readonly value: SyntaxNode;
  /** Go's type of the value: a pointer, as text. */
  readonly type: string;
  /** Go's names and types of what it takes. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly release: string;
  /** The release takes an unsafe.Pointer, and the value is none. */
  readonly releaseConverts: boolean;
  /** It may give a null pointer. C.malloc ends the process instead. */
  readonly canFail: boolean;
  /** Words of the C name that tell what is made: `engine` of `engine_new`. */
  readonly stem: readonly string[];
}

const MAKES = /^(?:new|create|alloc|open|init|make|load|clone|dup|start|begin|acquire)$/;
const RELEASES =
  /^(?:free|delete|destroy|close|release|dispose|unref|deinit|uninit|cleanup|term|finish|end|stop|drop)$/;

interface Known {
  readonly parameters: readonly (readonly [string, string])[];
  readonly canFail: boolean;
  readonly stem: string;
}

const STANDARD: Readonly<Record<string, Known>> = {
  malloc: { parameters: [["size", "C.size_t"]], canFail: false, stem: "buffer" },
  calloc: {
    parameters: [
      ["count", "C.size_t"],
      ["size", "C.size_t"],
    ],
    canFail: true,
    stem: "buffer",
  },
  strdup: { parameters: [["text", "*C.char"]], canFail: true, stem: "text" },
  CString: { parameters: [["text", "string"]], canFail: false, stem: "text" },
  CBytes: { parameters: [["data", "[]byte"]], canFail: false, stem: "bytes" },
};

/** What a call makes; undefined where that is no pointer, or where it is not known what releases it. */
export function constructorOf(call: SyntaxNode, context: RuleContext): CConstructor | undefined {
  const target = context.target(call);
  if (target?.path !== "C") return undefined;
  const value = context.converted(call);
  const type = context.types.typeOf(value);
  const text = typeText(type);
  const isPointer = text === "unsafe.Pointer" || context.types.underlying(type).kind === "pointer";
  if (text === "" || !isPointer) return undefined;
  const { name } = target;
  const shared = { call, name, value, type: text };
  if (Object.hasOwn(STANDARD, name)) {
    const { parameters, canFail, stem } = STANDARD[name]!;
    const named = parameters.map(([parameter, of]) => ({ name: parameter, type: of }));
    const releaseConverts = text !== "unsafe.Pointer";
    return {
      ...shared,
      parameters: named,
      release: "free",
      releaseConverts,
      canFail,
      stem: ["c", stem],
    };
  }
  const parameters = parametersOf(name, context);
  const stem = wordsOf(name).filter((word) => !MAKES.test(word));
  if (!parameters || stem.length === wordsOf(name).length) return undefined;
  const release = releaseOf(stem, text, context);
  return release && { ...shared, ...release, parameters, canFail: true, stem };
}

function parametersOf(name: string, context: RuleContext): CConstructor["parameters"] | undefined {
  const fn = context.file.declaredInC.functions.get(name);
  if (!fn) return undefined;
  const given = fn.parameters.filter(({ type }) => type !== "void");
  const types = given.map(({ type }) =>
    /[[(]|\.\.\./.test(type) ? "" : typeText(context.types.cType(type)),
  );
  if (types.includes("")) return undefined;
  const names = new Set<string>();
  return given.map((parameter, at) => {
    const usable = /^[a-zA-Z]\w*$/.test(parameter.name) && !RESERVED.has(parameter.name);
    const own = usable && !names.has(parameter.name) ? parameter.name : `a${at}`;
    names.add(own);
    return { name: own, type: types[at]! };
  });
}

/** Go's keywords, and names the generated code uses. */
const RESERVED = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var ptr errors runtime unsafe nil panic error C".split(
    " ",
  ),
);

export const isReserved = (name: string): boolean => RESERVED.has(name);

/** `engine_free` for the stem `engine`: by the preamble's declaration, or because the package calls it already. */
function releaseOf(
  stem: readonly string[],
  type: string,
  context: RuleContext,
): Pick<CConstructor, "release" | "releaseConverts"> | undefined {
  const { functions } = context.file.declaredInC;
  const matches = (name: string): boolean => {
    const words = wordsOf(name);
    return (
      words.some((w) => RELEASES.test(w)) &&
      same(
        words.filter((w) => !RELEASES.test(w)),
        stem,
      )
    );
  };
  for (const [name, { parameters }] of functions) {
    if (!matches(name) || parameters.length !== 1) continue;
    const takes = typeText(context.types.cType(parameters[0]!.type));
    if (takes === type) return { release: name, releaseConverts: false };
    if (takes === "unsafe.Pointer") return { release: name, releaseConverts: true };
  }
  const called = namesCalled(context.file).find((name) => !functions.has(name) && matches(name));
  return called === undefined ? undefined : { release: called, releaseConverts: false };
}

function namesCalled({ pkg }: FileModel): string[] {
  const found = new Set<string>();
  for (const name of pkg.fileNames)
    for (const [, called] of pkg.textOf(name).matchAll(/\bC\.(\w+)\(/g)) found.add(called!);
  return [...found];
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at]);

/** `llama_model_new` and `llamaModelNew` are llama, model, new. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((word) => word !== "");
}
