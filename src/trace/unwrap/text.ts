/** Undoes what terminals, browsers and loggers do to the characters of a line. All functions are linear. */

const ANSI = /\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[@-Z\\^_])/g;

/** Removes terminal escape sequences. */
function stripAnsi(line: string): string {
  return line.includes("\x1b") ? line.replace(ANSI, "") : line;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
const ENTITY = /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,6})|#x([0-9a-fA-F]{1,5}));/g;

/** Decodes the entities that a web page's copy of a trace holds. */
function decodeEntities(line: string): string {
  if (!line.includes("&")) return line;
  return line.replace(ENTITY, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return ENTITIES[name]!;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const TAG = /<\/?(?:br|p|pre|code|div|span|b|i|tt|samp|td|tr|li|summary|details)(?: [^<>]{0,300})?\/?>/gi;

/** What a line looked like before a terminal coloured it or a web page quoted it. */
export function cleanLine(line: string): string {
  let text = stripAnsi(line);
  if (text.includes("<")) text = text.replace(TAG, "");
  // rsyslog writes a control character as # and three octal digits: a file line's tab stands behind the prefix.
  if (text.includes("#011")) text = text.replace(/(^|: )#011(?=\S)/, "$1\t");
  return text.includes("&") ? decodeEntities(text) : text;
}

/** Several lines written as one with `\n` (logfmt, %q, broken JSON) or rsyslog's `#012`. Undefined when it is not. */
export function splitEscaped(line: string): string[] | undefined {
  if (line.includes("\\n")) return unescapeBackslashes(line).split("\n");
  if (line.includes("#012")) return line.replaceAll("#011", "\t").split("#012");
  return undefined;
}

function unescapeBackslashes(line: string): string {
  // A string escaped twice, as JSON inside JSON, shows \\n: two rounds undo both.
  const once = unescapeOnce(line);
  return once.includes("\n") || !once.includes("\\n") ? once : unescapeOnce(once);
}

function unescapeOnce(line: string): string {
  return line.replace(/\\(u[0-9a-fA-F]{4}|[ntr"'\\/])/g, (_all, code: string) => {
    switch (code[0]) {
      case "n":
        return "\n";
      case "t":
        return "\t";
      case "r":
        return "";
      case "u":
        return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      default:
        return code;
    }
  });
}

const FILE_TOKEN = /\.(?:go|s|c|cc|cpp|cxx|cu|h|hpp):\d{1,9}$/;

/**
 * Gives a trace that was flattened to one line its newlines back, by the tokens that start and end lines.
 * Undefined when the line holds no goroutine header, or no frame.
 */
export function unflatten(line: string): string[] | undefined {
  if (!/goroutine \d+ [^\]]{0,300}\]:\s+\S/.test(line)) return undefined;
  const tokens = line.split(/\s+/);
  const lines: string[] = [];
  let current = "";
  let inHeader = false;
  let files = 0;
  const flush = () => {
    if (current !== "") lines.push(current);
    current = "";
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1] ?? "";
    if (token === "goroutine" && /^\d+$/.test(next) && !endsWithOrigin(current)) {
      flush();
      lines.push("");
      inHeader = true;
    } else if (startsLine(token, next)) flush();
    current = current === "" ? token : `${current} ${token}`;
    if (inHeader && token.endsWith("]:")) {
      inHeader = false;
      flush();
    } else if (!inHeader && FILE_TOKEN.test(token)) {
      if (/^\+0x[0-9a-f]+$/.test(next)) {
        current += ` ${next}`;
        i++;
      }
      const file = current.slice(current.indexOf(token));
      const call = current.slice(0, current.length - file.length).trim();
      if (call !== "") lines.push(call);
      lines.push(`\t${file}`);
      files++;
      current = "";
    } else if (token.endsWith("]") && current.startsWith("[signal ")) flush();
  }
  flush();
  return files > 0 ? lines : undefined;
}

/** `created by f in goroutine 1` holds the word goroutine without starting a header. */
function endsWithOrigin(current: string): boolean {
  return current.endsWith(" in") || current.endsWith("from");
}

function startsLine(token: string, next: string): boolean {
  if (token === "panic:" || token === "[signal" || token === "created") return true;
  return (token === "fatal" && next === "error:") || (token === "exit" && next === "status");
}
