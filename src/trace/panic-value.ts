/** Collects the lines of one panic value. Source: runtime/panic.go printpanicval and printindented. */
import type { Draft } from "./draft.ts";
import type { Line } from "./line.ts";
import { parseExit, parsePanicValue } from "./messages.ts";
import type { Panic } from "./report.ts";

/** Lines and characters of one value; a longer one is cut, not lost. */
const MAX_LINES = 400;
const MAX_LENGTH = 64 << 10;

const RUNNING_TEST = /^\s*(\S.*? \([\dhmsµun.]+\))\s*$/;
const ENDS_VALUE =
  /^\s*(?:panic: |fatal error: |runtime stack:|\[signal )|^(?:FAIL|exit status \d+|ok {2}\t)/;

export class PanicValue {
  private readonly at: { start: number; end: number };
  private lines = 1;
  /** Lines behind a blank one: they belong to the value only if a traceback follows them. */
  private readonly tail: string[] = [];

  constructor(
    private text: string,
    line: Line,
  ) {
    this.at = { ...line.at };
  }

  /** A blank line inside a value carries the tab that the runtime adds to every line of it (since Go 1.18). */
  static isInnerBlank(text: string): boolean {
    return text === "\t";
  }

  blank(): void {
    this.tail.push("");
  }

  /** True when the line cannot belong to the value; `isHeader` tells goroutine headers. */
  isEndedBy(line: Line, isHeader: (text: string) => boolean): boolean {
    const { text } = line;
    if (ENDS_VALUE.test(text)) return true;
    // An error that holds a stack in its message prints it with a tab before every line.
    if (text.includes("goroutine ") && (!text.startsWith("\t") || this.lines > 3) && isHeader(text))
      return true;
    return parseExit(text, line.at)?.alone === true;
  }

  /** Takes the next line. False while it is open whether the line belongs to the value. */
  add(line: Line, afterBlank: boolean, draft: Draft): boolean {
    const { text } = line;
    if (this.lines >= MAX_LINES || this.text.length > MAX_LENGTH) return this.lines++ < MAX_LINES * 2;
    this.lines++;
    const content = text.startsWith("\t") ? text.slice(1) : text;
    if (afterBlank || this.tail.length > 0) {
      this.tail.push(content);
      return false;
    }
    this.readRunningTest(text, draft);
    this.text = this.text === "" ? content : `${this.text}\n${content}`;
    this.at.end = line.at.end;
    return true;
  }

  /** The value; with its tail where a traceback showed that it goes on behind a blank line. */
  finish(withTail: boolean): Panic {
    const whole = withTail ? [this.text, ...this.tail].join("\n").trimEnd() : this.text;
    return parsePanicValue(whole, this.at);
  }

  /** `running tests:` stands inside the value of a test's time-out. */
  private readRunningTest(text: string, draft: Draft): void {
    if (!this.text.startsWith("test timed out after ") || text.includes("running tests:")) return;
    const running = RUNNING_TEST.exec(text);
    if (running) draft.test.running = [...(draft.test.running ?? []), running[1]!];
  }
}
