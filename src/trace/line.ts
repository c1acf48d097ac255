import type { ByteRange } from "./report.ts";

/** `fatal` ends the process. `log` is Go's log package, which writes no level: its Fatal looks like its Print. */
export type Level = "fatal" | "log";

/** One line after its wrappers were taken off. */
export interface Line {
  readonly text: string;
  /** The bytes of the input it stands in, wrappers included. */
  readonly at: ByteRange;
  /** Line number in the input, from 1. */
  readonly number: number;
  /** Stood behind other text on its line. */
  readonly glued?: boolean;
  /** The level its logger gave it, where that matters. */
  readonly level?: Level;
}
