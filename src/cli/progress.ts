/** A line on stderr that tells how far a long read is; only on a terminal, and gone when done. */
import { size } from "../export/decisive.ts";
import type { CliMessages } from "./messages/index.ts";
import { truncate, width } from "./terminal/layout.ts";

const QUIET_FOR = 1000;
const EVERY = 200;

export class ProgressLine {
  private readonly begun = performance.now();
  private next = this.begun + QUIET_FOR;
  private shown = false;

  constructor(
    public name: string,
    private readonly stream: NodeJS.WriteStream,
    private readonly m: CliMessages,
  ) {}

  readonly update = (read: number, total: number | undefined): void => {
    // Somebody who types or pastes the input sees how far it is.
    if (!this.stream.isTTY || (total === undefined && process.stdin.isTTY)) return;
    const now = performance.now();
    if (now < this.next) return;
    this.next = now + EVERY;
    const share = total ? `${Math.floor((100 * read) / total)}%` : "";
    const columns = Math.max(20, (this.stream.columns ?? 80) - 1);
    const line = truncate(this.m.progress(this.name, share, size(read)), columns);
    this.stream.write(`\r${line}${" ".repeat(Math.max(0, columns - width(line)))}`);
    this.shown = true;
  };

  /** Takes the line away, so that what follows stands on a clean one. */
  clear(): void {
    if (!this.shown) return;
    this.stream.write(`\r${" ".repeat(Math.max(20, (this.stream.columns ?? 80) - 1))}\r`);
    this.shown = false;
  }
}
