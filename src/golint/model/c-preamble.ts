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
  /** Typedefs below an `#if`: elsewhere they may be others. */
  readonly conditional: ReadonlySet<string>;
  /** Structs may be packed or aligned by hand: their sizes do not follow from their fields. */
  readonly packs: boolean;
}

/** What changes a layout. Other attributes (visibility, deprecated) do not. */
export const PACKS = /#\s*pragma\s+pack|\b(?:__)?(?:packed|aligned)(?:__)?\b|_Alignas|alignas/i;

export const EMPTY_PREAMBLE: CPreamble = {
  text: "",
  includes: [],
  functions: new Map(),
  structs: new Map(),
  typedefs: new Map(),
  conditional: new Set(),
  packs: false,
};

/** Of longer preambles the rest is not read. */
const LONGEST = 1 << 20;

/** The C text of a preamble or of a header. */
export function readPreamble(text: string): CPreamble {
  const functions = new Map<string, CFunction>();
  const structs = new Map<string, CStruct>();
  const typedefs = new Map<string, string>();
  const conditional = new Set<string>();
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
    if (!alias || part.body !== undefined) continue;
    typedefs.set(alias[2]!, normal(alias[1]!));
    if (part.conditional) conditional.add(alias[2]!);
  }
  return { text, includes, functions, structs, typedefs, conditional, packs: PACKS.test(text) };
}

/** Stand for `#if`, `#endif`, and what lies between: what has them inside is one thing here and another there. */
const [OPENS, CLOSES, TURNS] = ["\u0001", "\u0002", "\u0003"] as const;
const CONDITIONS = /[\u0001-\u0003]/g;

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, " ")
    .replace(/\/\/[^\n]*/g, " ")
    .replace(CONDITIONS, " ")
    .replace(GUARD, " ")
    .replace(FOR_CPP, " ")
    .replace(/^[ \t]*#[ \t]*(if|el|endif)(?:[^\n\\]|\\[\s\S])*/gm, (_, word) =>
      word === "if" ? OPENS : word === "el" ? TURNS : CLOSES,
    )
    .replace(/^[ \t]*#(?:[^\n\\]|\\[\s\S])*/gm, " ");
}

/** What keeps a header from being read twice is no condition. */
const GUARD =
  /^\s*#[ \t]*if(?:ndef[ \t]+|[ \t]+!defined[ \t]*\(?[ \t]*)(\w+)[ \t)]*\n\s*#[ \t]*define[ \t]+\1\b/;

/** `#ifdef __cplusplus` up to its end: the brace of `extern "C"` would swallow the whole header. */
const FOR_CPP =
  /^[ \t]*#[ \t]*if(?:def[ \t]+|[ \t]+defined[ \t]*\(?[ \t]*)__cplusplus\b[^#]*#[ \t]*(?:endif|else)\b/gm;

const unconditional = (text: string): string => text.replace(CONDITIONS, " ");

interface Part {
  readonly head: string;
  readonly body?: string;
  readonly tail: string;
  readonly conditional: boolean;
}

/** Cuts the text into outer declarations: `head;`, `head {body} tail;` or, for a function, `head {body}`. */
function outerParts(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let depth = 0;
  let open = -1;
  let close = -1;
  let conditions = 0;
  const end = (at: number) => {
    const head = text.slice(start, open < 0 ? at : open);
    const tail = open < 0 ? "" : text.slice(close + 1, at);
    parts.push({
      head: unconditional(head).replace(/\s+/g, " ").trim(),
      tail: unconditional(tail).trim(),
      ...(open >= 0 && { body: text.slice(open + 1, close) }),
      conditional: conditions > 0,
    });
    start = at + 1;
    open = close = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (c === "{" && depth++ === 0) open = at;
    else if (c === OPENS) conditions++;
    else if (c === CLOSES) conditions = Math.max(0, conditions - 1);
    else if (c === "}" && depth > 0 && --depth === 0) {
      close = at;
      if (/\)\s*$/.test(text.slice(Math.max(start, open - 200), open))) end(at);
    } else if (c === ";" && depth === 0) end(at);
  }
  return parts;
}

function normal(type: string): string {
  return (
    type
      .replace(/\b(?:static|inline|extern|__inline__|__attribute__)\b/g, "")
      // `LLAMA_API int` says how it is exported.
      .replace(/^\s*(?:[A-Z][A-Z0-9_]*\s+)+(?!const\b|volatile\b)(?=[A-Za-z_])/, "")
      .replace(/\s*\*\s*/g, " *")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/\* \*/g, "**")
  );
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
    ...(part.body !== undefined && { body: unconditional(part.body) }),
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
  if (!found || part.body === undefined || /[{\u0001-\u0003]/.test(part.body)) return;
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
