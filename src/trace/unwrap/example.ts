/**
 * Learns an unknown prefix from one line: the text before `goroutine 1 [running]:` is what the same wrapper puts
 * before the next lines too, apart from its numbers.
 */

/** Runs of digits match any run of digits, runs of white space any white space; all else must be equal. */
export class PrefixTemplate {
  private readonly parts: readonly string[];

  constructor(readonly example: string) {
    this.parts = example.match(/\d+|\s+|[^\d\s]+/g) ?? [];
  }

  /** Length of the prefix in `line`, or -1. A line that ends early, as wrapped blank lines do, fits when only white space is missing. */
  match(line: string): number {
    let at = 0;
    for (const [index, part] of this.parts.entries()) {
      const first = part.charCodeAt(0);
      if (isDigit(first)) {
        const start = at;
        while (at < line.length && isDigit(line.charCodeAt(at))) at++;
        if (at === start) return -1;
      } else if (part.trim() === "") {
        if (at === line.length) return index === this.parts.length - 1 ? at : -1;
        if (!isSpace(line.charCodeAt(at))) return -1;
        at = index === this.parts.length - 1 ? Math.min(line.length, at + part.length) : skipSpaces(line, at);
      } else {
        if (!line.startsWith(part, at)) return -1;
        at += part.length;
      }
    }
    return at;
  }

  /** Same wrapper, same name: the example without its numbers. */
  get key(): string {
    return `prefix:${this.parts.map((part) => (isDigit(part.charCodeAt(0)) ? "#" : part.trim())).join("")}`;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function skipSpaces(line: string, from: number): number {
  let at = from;
  while (at < line.length && isSpace(line.charCodeAt(at))) at++;
  return at;
}

const LEARNABLE =
  /^(.{1,200}?)goroutine \d{1,19}(?: gp=\S{1,40} m=\S{1,20}(?: mp=\S{1,40})?)? \[[a-z][^\]]{0,200}\]/;

const RACE_BANNER = /^(.{1,200}?)WARNING: DATA RACE$/;

/** The prefix before a goroutine header or a race's banner inside the line, or undefined when the header stands at its start. */
export function learnPrefix(line: string): string | undefined {
  const match = LEARNABLE.exec(line) ?? RACE_BANNER.exec(line);
  return match && match[1]!.trim() !== "" ? match[1]! : undefined;
}
