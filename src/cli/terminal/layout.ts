/** Lines that fit a terminal: wrapping that knows Chinese, code spans and long paths. */
import { isWide, isZeroWidth } from "./width.ts";

/** Characters no line may begin with; they stay with what they close. */
const CLOSING = /^[，。、；：！？）」』】》〉”’…—,.;:!?)\]}]+$/u;
/** Characters no line may end with; they go with what they open. */
const OPENING = /^[（「『【《〈“‘([{]$/u;
/** Places where a path or an identifier too long for a line may be parted: after these. */
const SOFT_BREAK = /(?<=[/\\,;_)=&-])/;

/** Display width: Chinese counts two, combining marks none. Takes text without escape sequences. */
export function width(text: string): number {
  // Most of what is printed is ASCII.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (isZeroWidth(character)) return 0;
  return isWide(code) ? 2 : 1;
}

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - width(text))) + text;
}

/** At most `columns` wide, with an ellipsis where it was cut. */
export function truncate(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = "";
  let used = 1;
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Breaks prose into lines of at most `columns`; existing line feeds stay. Takes text without escape sequences. */
export function wrap(text: string, columns: number): string[] {
  const room = Math.max(16, columns);
  return text.split("\n").flatMap((line) => {
    const indent = /^ {0,8}/.exec(line)![0];
    return wrapLine(line.slice(indent.length), room - indent.length).map((part) => (indent + part).trimEnd());
  });
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = "";
  let used = 0;
  let space = "";
  for (const atom of atoms(line, columns)) {
    if (/^\s+$/.test(atom)) {
      space = current === "" ? "" : " ";
      continue;
    }
    const size = width(atom);
    if (used + space.length + size > columns && current !== "") {
      lines.push(current);
      current = "";
      used = 0;
      space = "";
    }
    current += space + atom;
    used += space.length + size;
    space = "";
  }
  if (current !== "" || lines.length === 0) lines.push(current);
  return lines;
}

/** The pieces a line is made of; a line may end between any two of them. */
function* atoms(line: string, columns: number): Generator<string> {
  let held = "";
  for (const piece of pieces(line)) {
    if (CLOSING.test(piece)) {
      held += piece;
      continue;
    }
    if (held !== "" && !OPENING.test(lastCharacter(held))) {
      yield* breakUp(held, columns);
      held = "";
    }
    held += piece;
  }
  if (held !== "") yield* breakUp(held, columns);
}

/** Runs of white space, short code spans, words, and single wide characters. */
function* pieces(line: string): Generator<string> {
  for (const [part] of line.matchAll(/\s+|`[^`\s][^`]{0,38}`|[^\s`]+|`/g)) {
    if (part.startsWith("`") || /^[\x21-\x7e]*$/.test(part) || part.trim() === "") {
      yield part;
      continue;
    }
    let word = "";
    for (const character of part) {
      const apart = characterWidth(character) > 1 || CLOSING.test(character) || OPENING.test(character);
      if (apart && character > "\x7f") {
        if (word !== "") yield word;
        word = "";
        yield character;
      } else {
        word += character;
      }
    }
    if (word !== "") yield word;
  }
}

function lastCharacter(text: string): string {
  return [...text].at(-1) ?? "";
}

function* breakUp(atom: string, columns: number): Generator<string> {
  if (width(atom) <= columns) {
    yield atom;
    return;
  }
  let line = "";
  for (const part of atom.split(SOFT_BREAK)) {
    if (width(line) + width(part) > columns && line !== "") {
      yield line;
      line = "";
    }
    line += part;
    while (width(line) > columns) {
      const head = prefix(line, columns);
      yield head;
      line = line.slice(head.length);
    }
  }
  if (line !== "") yield line;
}

function prefix(text: string, columns: number): string {
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns && kept !== "") break;
    kept += character;
  }
  return kept;
}
