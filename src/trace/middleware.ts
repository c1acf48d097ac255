/** Stacks as web frameworks' recovery middleware prints them: the runtime's frames in a form of their own. */
import type { Line } from "./line.ts";
import type { StackReader } from "./stack-reader.ts";

/** gin: the value and then the frames follow this line. */
const GIN_HEADER = /\[Recovery\].* panic recovered:\s*$/;
/** gin: `FILE:LINE (0xPC)`, followed by `\tFUNCTION: SOURCE`. */
const GIN_FILE = /^(\S.{0,1000}\.(?:go|s)):(\d{1,7}) \((0x[0-9a-f]{1,16})\)$/;
const GIN_FUNCTION = /^\t((?:\(\*?[\w.]+\)\.)?[\w.]+): /;
/** chi: ` -> main.f` and ` ->   FILE:LINE` for the frames that count, without the arrow for the others. */
const CHI_FRAME = /^\s*-> +(\S.*)$/;

export class MiddlewareFrames {
  private ginFile: { file: string; line: number; pc: string } | undefined;

  constructor(private readonly stack: StackReader) {}

  /** True for the line that says the value of a caught panic stands below. */
  static startsBelow(text: string): boolean {
    return GIN_HEADER.test(text);
  }

  /** Takes a line of gin's stack. */
  gin(line: Line): boolean {
    const { text } = line;
    if (this.ginFile) {
      const name = GIN_FUNCTION.exec(text)?.[1];
      const { file, line: number, pc } = this.ginFile;
      this.ginFile = undefined;
      this.stack.push({ function: name ?? "?", package: "", file, line: number, pc }, line.at);
      if (name !== undefined) return true;
    }
    const match = GIN_FILE.exec(text);
    if (!match) return false;
    this.stack.openImplicit(line);
    this.ginFile = { file: match[1]!, line: Number(match[2]), pc: match[3]! };
    return true;
  }

  /** Takes a marked line of chi's stack. */
  chi(line: Line): boolean {
    const match = CHI_FRAME.exec(line.text);
    if (!match) return false;
    this.stack.openImplicit(line);
    const stripped = { ...line, text: match[1]! };
    return this.stack.frameLine(stripped) || this.stack.partialLine(stripped);
  }

  reset(): void {
    this.ginFile = undefined;
  }
}
