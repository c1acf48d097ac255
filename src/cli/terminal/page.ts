/** Builds up a page of labelled paragraphs: a narrow column of labels, and the text beside it. */
import { visible } from "../../export/visible.ts";
import { width, wrap } from "./layout.ts";
import type { Style } from "./style.ts";

export interface Canvas {
  /** Columns of the terminal. */
  readonly columns: number;
  readonly style: Style;
}

/** Beyond this, lines are too long to read, however wide the terminal. */
const WIDEST = 110;
const WIDE_INDENT = 4;
/** Below this, a column of labels leaves too little: labels get lines of their own. */
const NARROWEST_WITH_COLUMN = 60;

export class PageBuilder {
  private readonly lines: string[] = [];
  private readonly indent: number;
  private readonly columns: number;
  private readonly labelColumn: boolean;

  constructor(
    private readonly canvas: Canvas,
    labelWidth: number,
  ) {
    this.columns = Math.min(Math.max(canvas.columns, 20), WIDEST);
    this.labelColumn = this.columns >= NARROWEST_WITH_COLUMN;
    this.indent = this.labelColumn ? labelWidth : 2;
  }

  /** Columns left of the text beside the labels. */
  get room(): number {
    return this.columns - this.indent;
  }

  /** Columns left in a wide block. */
  get wideRoom(): number {
    return this.columns - this.wideIndent;
  }

  private get wideIndent(): number {
    return this.labelColumn ? WIDE_INDENT : this.indent;
  }

  get style(): Style {
    return this.canvas.style;
  }

  blank(): this {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
    return this;
  }

  /** Full-width prose, each line styled alone so that no colour runs over a line end. */
  full(text: string, style: (line: string) => string = (line) => line): this {
    for (const line of wrap(text, this.columns)) this.lines.push(style(line));
    return this;
  }

  /** A labelled block; `label` may be empty to go on under the one before. */
  block(label: string, body: readonly string[]): this {
    if (body.length === 0) return this;
    const pad = " ".repeat(this.indent);
    if (this.labelColumn) {
      const [first, ...rest] = body;
      this.lines.push(this.labelled(label, first!));
      for (const line of rest) this.lines.push(line === "" ? "" : pad + line);
      return this;
    }
    if (label !== "") this.lines.push(this.style.label(label));
    for (const line of body) this.lines.push(line === "" ? "" : pad + line);
    return this;
  }

  /** A label on a line of its own, for a wide block. */
  label(text: string): this {
    this.lines.push(this.style.label(text));
    return this;
  }

  /** Lines that need the width, such as code: they begin near the left edge, under what belongs to them. */
  wide(lines: readonly string[]): this {
    const pad = " ".repeat(this.wideIndent);
    for (const line of lines) this.lines.push(line === "" ? "" : pad + line);
    return this;
  }

  /** A block with an empty line below; its label stands above the text where it is too long for the column. */
  section(label: string, body: readonly string[]): this {
    if (body.length === 0) return this;
    if (this.labelColumn && width(label) + 1 > this.indent) {
      this.lines.push(this.style.label(label));
      return this.block("", body).blank();
    }
    return this.block(label, body).blank();
  }

  private labelled(label: string, first: string): string {
    if (label === "") return " ".repeat(this.indent) + first;
    return this.style.label(label) + " ".repeat(Math.max(1, this.indent - width(label))) + first;
  }

  /** Prose wrapped to the room, code spans set apart. */
  prose(text: string): string[] {
    return wrap(text, this.room).map((line) => codeSpans(line, this.style));
  }

  /** Prose behind a mark, wrapped with a hanging indent. */
  item(mark: string, text: string, markStyle: (text: string) => string, room = this.room): string[] {
    const hang = width(mark) + 1;
    return wrap(text, room - hang).map((line, index) =>
      index === 0
        ? `${markStyle(mark)} ${codeSpans(line, this.style)}`
        : " ".repeat(hang) + codeSpans(line, this.style),
    );
  }

  toString(): string {
    return `${this.lines.join("\n").replace(/\n+$/, "")}\n`;
  }
}

/** Commands are never wrapped: what is copied must run. */
export function commandLines(page: PageBuilder, command: string, prompt = "$"): string[] {
  return visible(command)
    .trimEnd()
    .split("\n")
    .map((line, index) => {
      const mark = index === 0 ? prompt : " ".repeat(prompt.length);
      return `${prompt === "" ? "" : `${page.style.dim(mark)} `}${page.style.code(line)}`;
    });
}

/** Sets `code` apart within one line. */
export function codeSpans(line: string, style: Style): string {
  return line.replace(/`[^`]+`/g, (span) => style.code(span));
}
