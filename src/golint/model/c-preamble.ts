/** The C text above `import "C"`, read as far as it is plain: functions, structs, includes. Never throws. */

export interface CFunction {
  readonly name: string;
  /** C type of the result, spaces normalised: `void`, `char *`, `const struct point *`. */
  readonly result: string;
  readonly parameters: readonly { readonly type: string; readonly name: string }[];
  /** The body's text, for functions defined here. */
  readonly body?: string;
}

export interface CStruct {
  readonly name: string;
  readonly fields: readonly { readonly type: string; readonly name: string }[];
}

export interface CPreamble {
  readonly text: string;
  readonly includes: readonly string[];
  readonly functions: ReadonlyMap<string, CFunction>;
  /** By tag and by typedef name. */
  readonly structs: ReadonlyMap<string, CStruct>;
  readonly typedefs: ReadonlyMap<string, string>;
}

export const EMPTY_PREAMBLE: CPreamble = {
  text: "",
  includes: [],
  functions: new Map(),
  structs: new Map(),
  typedefs: new Map(),
};

/** Of longer preambles the rest is not read. */
const LONGEST = 1 << 20;

export function readPreamble(text: string): CPreamble {
  const functions = new Map<string, CFunction>();
  const structs = new Map<string, CStruct>();
  const typedefs = new Map<string, string>();
  const includes = [
    ...text.slice(0, LONGEST).matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm),
  ].map((m) => m[1]!);
  for (const part of outerParts(withoutComments(text.slice(0, LONGEST)))) {
    const fn = readFunction(part);
    if (fn) {
      if (!functions.has(fn.name) || fn.body !== undefined) functions.set(fn.name, fn);
      continue;
    }
    readStruct(part, structs);
    const alias = /^typedef\s+([^(){}]+?[\s*])(\w+)$/.exec(part.head);
    if (alias && part.body === undefined) typedefs.set(alias[2]!, normal(alias[1]!));
  }
  return { text, includes, functions, structs, typedefs };
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, " ")
    .replace(/\/\/[^\n]*/g, " ")
    .replace(/^[ \t]*#(?:[^\n\\]|\\[\s\S])*/gm, " ");
}

interface Part {
  readonly head: string;
  readonly body?: string;
  readonly tail: string;
}

/** Cuts the text into outer declarations: `head;`, `head {body} tail;` or, for a function, `head {body}`. */
function outerParts(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let depth = 0;
  let open = -1;
  let close = -1;
  const end = (at: number) => {
    const head = text.slice(start, open < 0 ? at : open);
    const tail = open < 0 ? "" : text.slice(close + 1, at);
    parts.push({
      head: head.replace(/\s+/g, " ").trim(),
      tail: tail.trim(),
      ...(open >= 0 && { body: text.slice(open + 1, close) }),
    });
    start = at + 1;
    open = close = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (c === "{" && depth++ === 0) open = at;
    else if (c === "}" && depth > 0 && --depth === 0) {
      close = at;
      if (/\)\s*$/.test(text.slice(Math.max(start, open - 200), open))) end(at);
    } else if (c === ";" && depth === 0) end(at);
  }
  return parts;
}

function normal(type: string): string {
  return type
    .replace(/\b(?:static|inline|extern|__inline__|__attribute__)\b/g, "")
    .replace(/\s*\*\s*/g, " *")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\* \*/g, "**");
}

function readFunction(part: Part): CFunction | undefined {
  const found = /^([^()=]*?[\s*])(\w+) ?\(([^()]*)\)$/.exec(part.head);
  if (!found || /^typedef\b/.test(part.head)) return undefined;
  const parameters =
    found[3]!.trim() === "" || found[3]!.trim() === "void" ? [] : found[3]!.split(",").map(declared);
  return {
    name: found[2]!,
    result: normal(found[1]!),
    parameters,
    ...(part.body !== undefined && { body: part.body }),
  };
}

function declared(text: string): { type: string; name: string } {
  const found = /^(.*[\s*])(\w+)\s*((?:\[[^\]]*\])*)$/.exec(text.trim());
  if (!found || /^(?:char|int|long|short|unsigned|signed|float|double)$/.test(found[2]!))
    return { type: normal(text), name: "" };
  return { type: normal(found[1]! + (found[3] ? " *" : "")), name: found[2]! };
}

function readStruct(part: Part, structs: Map<string, CStruct>): void {
  const found = /^(?:typedef )?struct ?(\w*)$/.exec(part.head);
  if (!found || part.body === undefined || part.body.includes("{")) return;
  const fields = part.body
    .split(";")
    .map((f) => f.trim())
    .filter((f) => f !== "")
    .map(declared);
  const alias = /^(\w+)$/.exec(part.tail)?.[1];
  for (const name of [found[1], alias]) if (name) structs.set(name, { name, fields });
}

const WORDS: Readonly<Record<string, string>> = {
  "unsigned char": "uchar",
  "signed char": "schar",
  "unsigned short": "ushort",
  "unsigned int": "uint",
  unsigned: "uint",
  "unsigned long": "ulong",
  "long long": "longlong",
  "unsigned long long": "ulonglong",
};

/** A C type as cgo names it: `char *` gives `*C.char` in pieces: 1 star and `char`. */
export function cgoName(type: string): { stars: number; name: string } {
  const plain = type
    .replace(/\b(?:const|volatile|restrict)\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const stars = (plain.match(/\*/g) ?? []).length;
  const base = plain.replace(/\*/g, "").trim();
  const tagged = /^(struct|union|enum) (\w+)$/.exec(base);
  return { stars, name: tagged ? `${tagged[1]}_${tagged[2]}` : (WORDS[base] ?? base) };
}
