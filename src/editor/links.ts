/** What can be clicked in one line of a terminal. Linear in the line, which may hold anything. */

export type TerminalPart =
  | { readonly kind: "crash"; readonly start: number; readonly length: number }
  /** `(core dumped)`, as shells say it. */
  | { readonly kind: "core"; readonly start: number; readonly length: number }
  | {
      readonly kind: "place";
      readonly start: number;
      readonly length: number;
      readonly file: string;
      readonly line: number;
    };

const LONGEST = 8192;
/** How far a path may reach back from its suffix. */
const PATH_LONGEST = 1024;

/** The lines that say what happened: of panics, fatal errors, signals, races, recovered panics and exceptions. */
const HEADERS: readonly RegExp[] = [
  /(?<![\w.])panic: \S/,
  /(?<![\w.])panic serving /,
  /(?<![\w.])fatal error: \S/,
  /\[signal (?:SIG|0x)\w+/,
  /(?<![\w.])SIG(?:ABRT|SEGV|BUS|FPE|ILL|QUIT|TRAP|SYS): \S/,
  /(?<![\w.])unexpected fault address 0x/,
  /WARNING: DATA RACE/,
  /(?<![\w.])Exception 0x[0-9a-f]+ 0x/,
];

/** One of these stands in every line with a header, and most lines have none. */
const HINT = /panic|fatal error|SIG|signal|fault address|DATA RACE|Exception/;

const DUMPED = "(core dumped)";

/** The file's suffix and line, and what must follow in a traceback: nothing, or the offset of the pc. */
const PLACE = /\.(?:go|s|S|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|m|mm|rs):(\d{1,7})(?=\s*$| \+0x| pc=0x| sp=0x|\s*")/g;

/** Headers and frames of a line, in their order. Empty for lines of other kinds, and for very long ones. */
export function partsOf(line: string): TerminalPart[] {
  if (line.length > LONGEST) return [];
  const parts: TerminalPart[] = [...places(line)];
  const dumped = line.indexOf(DUMPED);
  if (dumped >= 0) parts.push({ kind: "core", start: dumped, length: DUMPED.length });
  if (parts.length === 0 && HINT.test(line)) {
    const header = crashHeader(line);
    if (header) parts.push(header);
  }
  return parts;
}

function crashHeader(line: string): TerminalPart | undefined {
  for (const pattern of HEADERS) {
    const match = pattern.exec(line);
    if (match) return { kind: "crash", start: match.index, length: line.trimEnd().length - match.index };
  }
  return undefined;
}

function places(line: string): TerminalPart[] {
  const found: TerminalPart[] = [];
  let floor = 0;
  for (const match of line.matchAll(PLACE)) {
    const dot = match.index;
    const end = dot + match[0].length;
    const start = pathStart(line, dot, floor, found.length === 0);
    if (start < dot && looksLikeFrame(line, start, end)) {
      const file = line.slice(start, end - match[1]!.length - 1);
      found.push({ kind: "place", start, length: end - start, file, line: Number(match[1]) });
    }
    floor = end;
  }
  return found;
}

/** Where the path begins. One that begins the line may hold spaces; behind a prefix, no space belongs to it. */
function pathStart(line: string, dot: number, floor: number, first: boolean): number {
  if (first) {
    const indent = /^\s+/.exec(line)?.[0].length ?? 0;
    if (indent > 0 && dot - indent < PATH_LONGEST && isWholePath(line.slice(indent, dot))) return indent;
  }
  let at = dot;
  const limit = Math.max(floor, dot - PATH_LONGEST);
  while (at > limit && !/[\s"'`<>|()[\]{}=,;]/.test(line[at - 1]!)) at--;
  return at;
}

/** `/home/me/my project/x`, `C:\Users\me\x`, `example.com/m@v1.2.3/x`: at most a drive's colon, and no quotes. */
function isWholePath(text: string): boolean {
  return /^(?:[A-Za-z]:[\\/])?[^:"'`<>|]+$/.test(text) && (/[\\/]/.test(text) || !/\s/.test(text));
}

/** `main.go:12: undefined: x` of a compiler is no frame: it ends elsewhere. So is a word before the path on its line. */
function looksLikeFrame(line: string, start: number, end: number): boolean {
  return /^ (?:\+0x|pc=0x|sp=0x)/.test(line.slice(end, end + 7)) || /[\s|]/.test(line[start - 1] ?? " ");
}
