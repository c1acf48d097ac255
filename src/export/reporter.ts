/** The one shape of all report formats, so that any of them can be written while the input is still read. */
import type { Finding, Where } from "./finding.ts";

export interface InputSummary {
  readonly name: string;
  /** Bytes after decompression. */
  readonly bytes: number;
  readonly crashes: number;
  /** One sentence, where reading it failed. */
  readonly error?: string;
  /** What it is, where it was found in a folder and is no log. */
  readonly skipped?: string;
}

/** A crash seen again, which the reports for people show once. */
export interface Repeat {
  readonly finding: Finding;
  readonly times: number;
  readonly last: Where;
}

export interface RunSummary {
  readonly inputs: readonly InputSummary[];
  readonly repeats: readonly Repeat[];
}

/** Pieces of text in the order to write them. */
export type Pieces = Iterable<string> | AsyncIterable<string>;

export interface Reporter {
  /** Reports for people show equal crashes once; those for programs show every one. */
  readonly collapses: boolean;
  begin(): Pieces;
  finding(finding: Finding): Pieces;
  end(run: RunSummary): Pieces;
}
