/** Layout of C structs that the preamble spells out, on a 64-bit Unix. */
import { type CPreamble, cgoName, PACKS } from "../model/c-preamble.ts";
import { integerShape } from "../model/types.ts";

export interface CField {
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

export interface CLayout {
  readonly size: number;
  readonly align: number;
  readonly fields: readonly CField[];
}

/** Deeper nesting is not followed. */
const DEEPEST = 8;

/** Undefined where a part is not known: other headers, bit fields, unions, packing, conditional parts. */
export function cLayout(preamble: CPreamble, name: string, depth = 0): CLayout | undefined {
  if (depth >= DEEPEST) return undefined;
  const body = structBody(plainText(preamble), name.replace(/^struct_/, ""));
  if (body === undefined) return ofAlias(preamble, name, depth);
  const fields: CField[] = [];
  let [size, align] = [0, 1];
  for (const declaration of body.split(";").map((part) => part.replace(/\s+/g, " ").trim())) {
    if (declaration === "") continue;
    for (const declared of declarators(declaration) ?? [undefined]) {
      const one = declared && typeLayout(preamble, declared.type, depth);
      if (!declared || !one || declared.count === undefined) return undefined;
      size = roundUp(size, one.align);
      fields.push({
        name: declared.name,
        type: declared.type,
        offset: size,
        size: one.size * declared.count,
      });
      size += one.size * declared.count;
      align = Math.max(align, one.align);
    }
  }
  return fields.length === 0 ? undefined : { size: roundUp(size, align), align, fields };
}

/** `typedef struct cand cand_t;` */
function ofAlias(preamble: CPreamble, name: string, depth: number): CLayout | undefined {
  const alias = preamble.conditional.has(name) ? undefined : preamble.typedefs.get(name);
  const struct = alias === undefined ? undefined : cgoName(alias);
  return struct?.stars === 0 && struct.name !== name ? cLayout(preamble, struct.name, depth + 1) : undefined;
}

const plainTexts = new WeakMap<CPreamble, string>();

function plainText(preamble: CPreamble): string {
  let text = plainTexts.get(preamble);
  if (text === undefined) {
    text = preamble.text.replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, " ").replace(/\/\/[^\n]*/g, " ");
    plainTexts.set(preamble, text);
  }
  return text;
}

/** What stands between the braces of `struct name {...}` or `typedef struct {...} name`. */
function structBody(text: string, name: string): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  if (PACKS.test(text)) return undefined;
  // Of several, one for each platform, it is not known which.
  const all = text.match(new RegExp(`\\bstruct\\s+${name}\\s*\\{|\\}\\s*${name}\\s*;`, "g")) ?? [];
  if (all.length > 1 && /#\s*if/.test(text)) return undefined;
  const tagged = new RegExp(`\\bstruct\\s+${name}\\s*\\{([^{}]*)\\}`).exec(text);
  const found =
    tagged ?? new RegExp(`\\btypedef\\s+struct\\s*\\w*\\s*\\{([^{}]*)\\}\\s*${name}\\s*;`).exec(text);
  return found && !found[1]!.includes("#") ? found[1] : undefined;
}

interface Declarator {
  readonly name: string;
  readonly type: string;
  /** Elements of an array, 1 for what is none; undefined where it is no number. */
  readonly count: number | undefined;
}

/** `int a, *b, c[4]`; undefined for bit fields and function pointers with their own syntax. */
function declarators(declaration: string): readonly Declarator[] | undefined {
  const fn = /^[\w\s*]+\(\s*\*\s*(\w+)\s*\)\s*\([^()]*\)$/.exec(declaration);
  if (fn) return [{ name: fn[1]!, type: "void *", count: 1 }];
  if (/[:(){}=]/.test(declaration)) return undefined;
  const [first, ...more] = declaration.split(",").map((part) => part.trim());
  const head = /^((?:\w+\s+)*\w+\s*?)([\s*]+)(\w+)\s*((?:\[[^\]]*\])*)$/.exec(first!);
  if (!head) return undefined;
  const base = head[1]!.trim();
  const found = [{ stars: head[2]!, name: head[3]!, dims: head[4]! }];
  for (const part of more) {
    const next = /^([\s*]*)(\w+)\s*((?:\[[^\]]*\])*)$/.exec(part);
    if (!next) return undefined;
    found.push({ stars: next[1]!, name: next[2]!, dims: next[3]! });
  }
  return found.map(({ stars, name, dims }) => ({
    name,
    type: `${base} ${stars.replace(/\s/g, "")}`.trim(),
    count: elements(dims),
  }));
}

function elements(dims: string): number | undefined {
  let count = 1;
  for (const [, inner] of dims.matchAll(/\[([^\]]*)\]/g)) {
    if (!/^\s*\d+\s*$/.test(inner!)) return undefined;
    count *= Number(inner);
  }
  return count;
}

function typeLayout(
  preamble: CPreamble,
  type: string,
  depth: number,
): { readonly size: number; readonly align: number } | undefined {
  const { stars, name } = cgoName(type);
  if (stars > 0) return { size: 8, align: 8 };
  const known: Record<string, number> = { float: 4, double: 8, bool: 1, _Bool: 1 };
  const bits = integerShape({ kind: "c", name })?.bits;
  const size = bits === undefined ? (Object.hasOwn(known, name) ? known[name] : undefined) : bits / 8;
  if (size !== undefined) return { size, align: size };
  if (name.startsWith("enum_")) return { size: 4, align: 4 };
  const alias = preamble.typedefs.get(name);
  // One typedef for each platform: the last one read need not be the one that counts.
  if (preamble.conditional.has(name)) return undefined;
  if (alias !== undefined && alias !== type && depth < DEEPEST) return typeLayout(preamble, alias, depth + 1);
  return cLayout(preamble, name, depth + 1);
}

const roundUp = (size: number, align: number) => Math.ceil(size / align) * align;
