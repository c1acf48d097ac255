/**
 * RE2 syntax, as Go's regexp reads it, to a JavaScript regular expression with the same meaning.
 *
 * The catalogue's expressions also run in Go, Loki and collectors, so they are written in RE2. This file
 * understands: literals, escapes (`\d \w \s \b`, their opposites, `\A \z \Q..\E \pL \p{Greek} \x{1F}`),
 * classes with `[[:alpha:]]`, groups, `(?P<name>` and `(?<name>`, greedy and lazy repetition, alternation,
 * and the flags i, m, s at the very start. Everything else is rejected with a reason: look-around and
 * back-references because RE2 has none, flags inside the expression because JavaScript has none there.
 */

/** Why an expression cannot be used, and where in it. */
export class Re2Error extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
  ) {
    super(`${reason} (at character ${offset + 1})`);
  }
}

const posixClasses: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7f",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** What each negated class leaves, because JavaScript cannot negate a part of a class. */
const posixComplements: Readonly<Record<string, string>> = {
  alnum: "\\x00-\\/:-@\\[-`\\{-\\u{10ffff}",
  alpha: "\\x00-@\\[-`\\{-\\u{10ffff}",
  ascii: "\\u{80}-\\u{10ffff}",
  blank: "\\x00-\\x08\\n-\\x1f!-\\u{10ffff}",
  cntrl: " -~\\u{80}-\\u{10ffff}",
  digit: "\\x00-\\/:-\\u{10ffff}",
  graph: "\\x00- \\x7f-\\u{10ffff}",
  lower: "\\x00-`\\{-\\u{10ffff}",
  print: "\\x00-\\x1f\\x7f-\\u{10ffff}",
  punct: "\\x00- 0-9A-Za-z\\x7f-\\u{10ffff}",
  space: "\\x00-\\x08\\x0e-\\x1f!-\\u{10ffff}",
  upper: "\\x00-@\\[-\\u{10ffff}",
  word: "\\x00-\\/:-@\\[-\\^`\\{-\\u{10ffff}",
  xdigit: "\\x00-\\/:-@G-`g-\\u{10ffff}",
};

/** RE2's \s has no \v and nothing beyond ASCII, unlike JavaScript's. */
const perlClasses: Readonly<Record<string, string>> = {
  d: "0-9",
  D: "\\x00-\\/:-\\u{10ffff}",
  w: "0-9A-Za-z_",
  W: "\\x00-\\/:-@\\[-\\^`\\{-\\u{10ffff}",
  s: "\\t\\n\\f\\r ",
  S: "\\x00-\\x08\\x0b\\x0e-\\x1f!-\\u{10ffff}",
};

const simpleEscapes: Readonly<Record<string, string>> = {
  a: "\\x07",
  f: "\\f",
  n: "\\n",
  r: "\\r",
  t: "\\t",
  v: "\\v",
};

/** A character as it stands for itself in a `u` expression, inside a class or outside. */
function literal(char: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? (char === "-" ? "\\x2d" : `\\${char}`) : char;
}

class Translator {
  private at = 0;
  private depth = 0;
  private readonly names = new Set<string>();
  private readonly chars: readonly string[];
  flags = "u";
  private multiline = false;
  private dotAll = false;

  constructor(source: string) {
    this.chars = [...source];
  }

  private fail(reason: string, at = this.at): never {
    throw new Re2Error(reason, at);
  }

  private peek(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.chars[this.at + i] !== text[i]) return false;
    return true;
  }

  private rest(): string {
    return this.chars.slice(this.at).join("");
  }

  translate(): { source: string; flags: string; names: ReadonlySet<string> } {
    const leading = /^\(\?([a-zA-Z]*)(?:-[a-zA-Z]+)?\)/.exec(this.rest());
    if (leading) this.leadingFlags(leading[0]);
    let out = "";
    while (this.at < this.chars.length) out += this.term();
    if (this.depth > 0) this.fail("a group is opened and not closed");
    return { source: out || "(?:)", flags: this.flags, names: this.names };
  }

  private leadingFlags(text: string): void {
    for (const flag of text.slice(2, -1)) {
      if (flag === "i") this.flags = "iu";
      else if (flag === "m") this.multiline = true;
      else if (flag === "s") this.dotAll = true;
      else this.fail(`the flag ${flag} is not supported: use i, m or s`);
    }
    this.at += text.length;
  }

  /** One atom with its repetition, or one of `|`, `)`. */
  private term(): string {
    const char = this.chars[this.at]!;
    if (char === "|") {
      this.at++;
      return "|";
    }
    if (char === "(") {
      this.depth++;
      return this.groupOpen();
    }
    if (char === ")") {
      if (this.depth-- === 0) this.fail("a closing parenthesis has no opening one");
      this.at++;
      return `)${this.repetition()}`;
    }
    if ("*+?".includes(char)) this.fail(`nothing to repeat before ${char}`);
    return this.atom(char) + this.repetition();
  }

  private groupOpen(): string {
    for (const look of ["(?=", "(?!", "(?<=", "(?<!"])
      if (this.peek(look)) this.fail("look-around is not part of RE2");
    if (this.peek("(?>")) this.fail("atomic groups are not part of RE2");
    if (this.peek("(?:")) return this.take(3);
    const named = /^\(\?P?<([A-Za-z_]\w*)>/.exec(this.rest());
    if (named) {
      if (this.names.has(named[1]!)) this.fail(`two groups are named ${named[1]}`);
      this.names.add(named[1]!);
      this.at += named[0].length;
      return this.refuseEmptyRepeat(`(?<${named[1]}>`);
    }
    if (this.peek("(?P=")) this.fail("back-references are not part of RE2");
    if (this.peek("(?")) this.fail("flags may stand only at the very start, as (?i)");
    return this.refuseEmptyRepeat(this.take(1));
  }

  private refuseEmptyRepeat(open: string): string {
    if (/^[*+?]/.test(this.rest())) this.fail("nothing to repeat after an opening parenthesis");
    return open;
  }

  private take(count: number): string {
    const text = this.chars.slice(this.at, this.at + count).join("");
    this.at += count;
    return text;
  }

  private repetition(): string {
    const match = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/.exec(this.rest());
    if (!match) return "";
    if (match[1] !== undefined && (Number(match[1]) > 1000 || Number(match[3] || 0) > 1000))
      this.fail("a repetition count is above 1000, the limit of RE2");
    if (match[3] && Number(match[3]) < Number(match[1])) this.fail("a repetition range runs backwards");
    this.at += match[0].length;
    const lazy = this.chars[this.at] === "?" ? this.take(1) : "";
    if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.rest())) this.fail("a repetition is repeated: group it");
    return match[0] + lazy;
  }

  private atom(char: string): string {
    if (char === "[") return this.charClass();
    if (char === "\\") return this.escape();
    this.at++;
    if (char === ".") return this.dotAll ? "[^]" : "[^\\n]";
    // JavaScript's own m flag would also count \r and U+2028 as line ends.
    if (char === "^") return this.multiline ? "(?<![^\\n])" : "^";
    if (char === "$") return this.multiline ? "(?![^\\n])" : "$";
    return literal(char);
  }

  private escape(): string {
    const char = this.chars[this.at + 1];
    if (char === undefined) this.fail("a backslash ends the expression");
    if (char === "A") return this.skip(2, this.multiline ? "(?<![^])" : "^");
    if (char === "z") return this.skip(2, this.multiline ? "(?![^])" : "$");
    if (char === "b" || char === "B") return this.skip(2, `\\${char}`);
    if (char === "Q") return this.quoted();
    if (char === "d" || char === "w") return this.skip(2, `[${perlClasses[char]}]`);
    if (perlClasses[char]) return this.skip(2, `[${perlClasses[char]}]`);
    return this.escapedLiteral(false);
  }

  private skip(count: number, out: string): string {
    this.at += count;
    return out;
  }

  private quoted(): string {
    const end = this.rest().indexOf("\\E");
    const text = [...(end < 0 ? this.rest().slice(2) : this.rest().slice(2, end))];
    this.at += text.length + (end < 0 ? 2 : 4);
    if (text.length === 0) this.fail("an empty \\Q\\E");
    const last = text.length - 1;
    // A repetition after \E applies to the last character, as in RE2.
    return text.slice(0, last).map(literal).join("") + literal(text[last]!);
  }

  private escapedLiteral(inClass: boolean): string {
    const rest = this.rest();
    const char = this.chars[this.at + 1]!;
    if (simpleEscapes[char]) return this.skip(2, simpleEscapes[char]);
    const hex = /^\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(rest);
    if (hex) return this.skip(hex[0].length, `\\u{${hex[1] ?? hex[2]}}`);
    const property = /^\\([pP])(?:([A-Z])|\{(\^?)(\w+)\})/.exec(rest);
    if (property) return this.skip(property[0].length, this.property(property));
    if (/[0-9]/.test(char)) this.fail("back-references and octal escapes are not supported");
    if (/[A-Za-z]/.test(char) || char.codePointAt(0)! > 0x7f)
      this.fail(`\\${char} is not an escape of RE2${inClass ? " inside a class" : ""}`);
    return this.skip(2, literal(char));
  }

  private property(match: RegExpExecArray): string {
    const name = match[2] ?? match[4]!;
    const negated = (match[1] === "P") !== (match[3] === "^");
    const value = `\\${negated ? "P" : "p"}{${name.length <= 2 ? name : `Script=${name}`}}`;
    try {
      new RegExp(value, "u");
    } catch {
      this.fail(`${match[0]} names no Unicode category or script`);
    }
    return value;
  }

  private charClass(): string {
    const start = this.at++;
    let out = "[";
    if (this.chars[this.at] === "^") {
      out += "^";
      this.at++;
    }
    for (let first = true; first || this.chars[this.at] !== "]"; first = false) {
      if (this.at >= this.chars.length) this.fail("a class is opened and not closed", start);
      out += this.classItem(start);
    }
    this.at++;
    return `${out}]`;
  }

  /** One character, range, or named class inside brackets. */
  private classItem(start: number): string {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.rest());
    if (posix) {
      const set = (posix[1] ? posixComplements : posixClasses)[posix[2]!];
      if (!set) this.fail(`[:${posix[2]}:] is no class of RE2`);
      return this.skip(posix[0].length, set);
    }
    const next = this.chars[this.at + 1];
    if (this.chars[this.at] === "\\" && next && perlClasses[next]) return this.skip(2, perlClasses[next]);
    const low = this.classChar(start);
    if (!this.peek("-") || this.chars[this.at + 1] === "]" || this.at + 1 >= this.chars.length) return low;
    this.at++;
    if (/^\\[dwsDWSpP]/.test(this.rest())) this.fail("a range ends in a class");
    return `${low}-${this.classChar(start)}`;
  }

  private classChar(start: number): string {
    const char = this.chars[this.at];
    if (char === undefined) this.fail("a class is opened and not closed", start);
    if (char === "\\") {
      if (this.at + 1 >= this.chars.length) this.fail("a backslash ends the expression");
      return this.escapedLiteral(true);
    }
    this.at++;
    return literal(char);
  }
}

/**
 * Translates an RE2 expression. Throws Re2Error, with what is wrong and where, for anything outside the
 * subset above. Named groups keep their names.
 */
export function translateRe2(source: string): { source: string; flags: string; names: ReadonlySet<string> } {
  const translated = new Translator(source).translate();
  try {
    new RegExp(translated.source, translated.flags);
  } catch (error) {
    throw new Re2Error(error instanceof Error ? error.message : String(error), 0);
  }
  return translated;
}

/** The names an RE2 expression captures. Throws Re2Error like translateRe2. */
export function captureNames(source: string): ReadonlySet<string> {
  return translateRe2(source).names;
}

const compiled = new Map<string, RegExp>();
let translations: Readonly<Record<string, string>> = {};

/**
 * Translations made at build time, by RE2 source: `FLAGS/SOURCE`. Translating the hundred expressions that the
 * first crash needs took 12 ms of a cold start, reading them takes none.
 */
export function useTranslations(made: Readonly<Record<string, string>>): void {
  translations = made;
}

/** The text useTranslations takes for an expression. Throws Re2Error like translateRe2. */
export function translation(source: string): string {
  const { source: js, flags } = translateRe2(source);
  return `${flags}/${js}`;
}

/**
 * The JavaScript expression for an RE2 one, made once per source. Throws Re2Error for what the catalogue
 * compiler would have rejected.
 */
export function compileRe2(source: string): RegExp {
  let regexp = compiled.get(source);
  if (!regexp) {
    const made = Object.hasOwn(translations, source) ? translations[source]! : translation(source);
    const slash = made.indexOf("/");
    regexp = new RegExp(made.slice(slash + 1), made.slice(0, slash));
    compiled.set(source, regexp);
  }
  return regexp;
}

const openings = new Map<string, string>();

/**
 * The plain text every match of an expression begins with, empty where there is none to tell: a text that begins
 * otherwise needs no expression compiled, and of a catalogue's events all but one begin otherwise.
 */
export function openingOf(source: string): string {
  let opening = openings.get(source);
  if (opening === undefined) {
    opening = hasOuterAlternative(source) ? "" : plainStart(source);
    openings.set(source, opening);
  }
  return opening;
}

function plainStart(source: string): string {
  const plain = /^\^([A-Za-z0-9 :,'"/_=<>!@#%&;~-]*)(.?)/.exec(source);
  if (!plain) return "";
  // A quantifier takes the last character away.
  return /[?*+{]/.test(plain[2]!) ? plain[1]!.slice(0, -1) : plain[1]!;
}

function hasOuterAlternative(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (character === "\\") i++;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === "|" && depth === 0) return true;
  }
  return false;
}
