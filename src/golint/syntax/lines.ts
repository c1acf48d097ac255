/** Offsets to lines and back. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export class LineIndex {
  private starts: number[] | undefined;

  constructor(readonly text: string) {}

  private get lines(): readonly number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = starts;
    return starts;
  }

  get count(): number {
    return this.lines.length;
  }

  position(offset: number): Position {
    const { lines } = this;
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - lines[low]! + 1 };
  }

  /** Offset of a line's first character; the text's end for lines behind it. */
  startOf(line: number): number {
    return this.lines[line - 1] ?? this.text.length;
  }

  /** A line without its end. */
  line(line: number): string {
    return this.text.slice(this.startOf(line), this.startOf(line + 1)).replace(/\r?\n$/, "");
  }

  /** The white space a line begins with. */
  indentAt(offset: number): string {
    return /^[\t ]*/.exec(this.line(this.position(offset).line))![0];
  }
}
