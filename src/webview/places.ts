/** The places a panel can open, by number: the page answers with the number, and no path ever comes from it. */

export interface Place {
  readonly function: string;
  readonly file: string;
  readonly line?: number;
}

export class FrameTable {
  private readonly places: Place[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of a place, one for each; undefined where no file is named. */
  add(frame: {
    readonly function: string;
    readonly file?: string;
    readonly line?: number;
  }): number | undefined {
    const { file, line } = frame;
    if (file === undefined) return undefined;
    const key = `${line ?? 0}\n${file}\n${frame.function}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.places.push({ function: frame.function, file, ...(line !== undefined && { line }) }) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }

  /** Undefined for a number that was never given. */
  at(number: number): Place | undefined {
    return this.places[number];
  }
}
