/**
 * Takes an expression of the catalogue, which speaks of one value ("the panic's value"), to one that finds that value
 * inside a whole crash record. RE2 syntax in and out.
 *
 * In a record the value is a part of a line. So nothing of the expression may run over the line's end, `^` becomes
 * what stands in front of the value, `$` what follows it, and where an alternative has no `^`, any text of the line
 * may come first. `\d`, `\w` and `\s` are written out, because Rust's regular expressions read them as Unicode.
 */

/** Where a value stands in a record. All three are RE2 and free of capturing groups. */
export interface Setting {
  /** From the start of a line to the value: `\t*panic: `. */
  readonly before: string;
  /** What may stand between the value's start and an expression without `^`. */
  readonly filler: string;
  /** In place of `$`. */
  readonly after: string;
}

/** Why an expression cannot be placed. Callers treat it as "not expressible". */
export class CannotPlace extends Error {}

interface Sequence {
  readonly atoms: readonly Atom[];
}

interface Group {
  readonly is: "group";
  readonly branches: readonly Sequence[];
  readonly repeat: string;
}

type Atom =
  | { readonly is: "begin" }
  | { readonly is: "end" }
  | { readonly is: "text"; readonly text: string }
  | Group;

const BLANK = "\\t\\f\\r ";
const WORD = "0-9A-Za-z_";

/** The expression in its setting, with its flags: `(?im)^...`. Throws CannotPlace. */
export function place(source: string, setting: Setting): string {
  const { flags, branches } = parse(source);
  const body = alternation(branches, setting, true);
  return `(?${flags.includes("i") ? "i" : ""}m)^${setting.before}${body}`;
}

/** The body alone, with every `^` and `$` at its place, for settings that are built around it. Throws CannotPlace. */
export function placedBody(source: string, setting: Omit<Setting, "before">): string {
  const { flags, branches } = parse(source);
  if (flags.includes("i")) throw new CannotPlace("(?i) inside another expression");
  return alternation(branches, { before: "", ...setting }, true);
}

function alternation(branches: readonly Sequence[], setting: Setting, leads: boolean): string {
  const written = branches.map((branch) => sequence(branch, setting, leads));
  return `(?:${written.join("|")})`;
}

/** `leads` is true where the branch begins at the value's start, or at any place behind it. */
function sequence({ atoms }: Sequence, setting: Setting, leads: boolean): string {
  const [first, ...rest] = atoms;
  let out = "";
  let from = atoms as readonly Atom[];
  if (leads) {
    if (first?.is === "begin") from = rest;
    else if (first?.is === "group" && first.repeat === "" && mentionsBegin(first)) {
      out = alternation(first.branches, setting, true);
      from = rest;
    } else out = setting.filler;
  }
  for (const atom of from) out += written(atom, setting);
  return out;
}

function mentionsBegin({ branches }: Group): boolean {
  return branches.some(({ atoms: [first] }) => first?.is === "begin");
}

function written(atom: Atom, setting: Setting): string {
  if (atom.is === "begin") throw new CannotPlace("^ behind other text");
  if (atom.is === "end") return setting.after;
  if (atom.is === "text") return atom.text;
  return `${alternation(atom.branches, setting, false)}${atom.repeat}`;
}

function parse(source: string): { flags: string; branches: readonly Sequence[] } {
  const leading = /^\(\?([ims]+)\)/.exec(source);
  const reader = new Reader(leading ? source.slice(leading[0].length) : source);
  return { flags: leading?.[1] ?? "", branches: reader.branches() };
}

/** The catalogue's loader has refused what is no RE2; this reads what it lets through. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  branches(): Sequence[] {
    const found: Atom[][] = [[]];
    while (this.at < this.text.length && this.text[this.at] !== ")") {
      if (this.text[this.at] === "|") {
        this.at++;
        found.push([]);
      } else found.at(-1)!.push(this.atom());
    }
    return found.map((atoms) => ({ atoms }));
  }

  private atom(): Atom {
    const char = this.text[this.at]!;
    if (char === "^") return this.mark("begin", 1);
    if (char === "$") return this.mark("end", 1);
    if (char === "(") return this.group();
    if (char === "[") return this.literal(this.charClass());
    if (char !== "\\") {
      this.at += char.length;
      return this.literal(char);
    }
    const next = this.text[this.at + 1]!;
    if (next === "A") return this.mark("begin", 2);
    if (next === "z") return this.mark("end", 2);
    return this.literal(this.escape());
  }

  private mark(is: "begin" | "end", length: number): Atom {
    this.at += length;
    return { is };
  }

  private literal(text: string): Atom {
    return { is: "text", text: text + this.repeat() };
  }

  private repeat(): string {
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.text.slice(this.at))?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private group(): Atom {
    const open = /^\((?:\?:|\?P?<\w+>)?/.exec(this.text.slice(this.at))![0];
    this.at += open.length;
    const branches = this.branches();
    this.at++;
    return { is: "group", branches, repeat: this.repeat() };
  }

  /** Outside a class. */
  private escape(): string {
    const [all, letter] = /^\\(x\{[0-9A-Fa-f]+\}|x..|[pP](?:\{[^}]*\}|.)|.)/s.exec(this.text.slice(this.at))!;
    this.at += all.length;
    if (letter === "d") return "[0-9]";
    if (letter === "w") return `[${WORD}]`;
    if (letter === "s") return `[${BLANK}]`;
    if (letter === "D") return "[^0-9\\n]";
    if (letter === "W") return `[^${WORD}\\n]`;
    if (letter === "S") return `[^\\n${BLANK}]`;
    if (letter === "Q" || letter!.startsWith("P")) throw new CannotPlace(all);
    return all;
  }

  /** A class that matches no line feed: a negated one is given it, a positive one loses it. */
  private charClass(): string {
    const negated = this.text[this.at + 1] === "^";
    this.at += negated ? 2 : 1;
    let items = "";
    for (let first = true; first || this.text[this.at] !== "]"; first = false)
      items += this.classItem(negated);
    this.at++;
    return negated ? `[^\\n${items}]` : `[${items}]`;
  }

  private classItem(negated: boolean): string {
    const rest = this.text.slice(this.at);
    const posix = /^\[:\^?[a-z]+:\]/.exec(rest)?.[0];
    if (posix) {
      this.at += posix.length;
      if (posix.includes("^") || posix === "[:space:]") throw new CannotPlace(posix);
      return posix;
    }
    const escaped = /^\\(?:x\{[0-9A-Fa-f]+\}|x..|[pP](?:\{[^}]*\}|.)|.)/s.exec(rest)?.[0];
    const item = escaped ?? rest[0]!;
    this.at += item.length;
    if (item === "\\d") return "0-9";
    if (item === "\\w") return WORD;
    if (item === "\\s") return BLANK;
    if (item === "\\n" && !negated) throw new CannotPlace("a line feed in a class");
    if (/^\\[DWSP]/.test(item)) throw new CannotPlace(item);
    // Rust's classes know && and nested brackets.
    return item === "[" ? "\\[" : item === "&" ? "\\x26" : item;
  }
}
