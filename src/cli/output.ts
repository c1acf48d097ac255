/** Standard output that may close early, fill up, or be a terminal. */
import type { Pieces } from "../export/reporter.ts";

/** The reader of our output went away, as `head` does: no fault of anyone's. */
export class OutputClosed extends Error {
  /** Exit status, as if all had been written. */
  status = 0;
}

/** Pieces are joined up to this size, so that many small ones do not cost a system call each. */
const BATCH = 1 << 16;

export class Output {
  private failure: Error | undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.failure = error.code === "EPIPE" || error.code === "EOF" ? new OutputClosed() : error;
    });
  }

  /** Writes pieces as they come and waits while the other side is slow. Throws OutputClosed when it is gone. */
  async write(pieces: Pieces): Promise<void> {
    let batch = "";
    for await (const piece of pieces) {
      batch += piece;
      if (batch.length < BATCH) continue;
      await this.send(batch);
      batch = "";
    }
    if (batch !== "") await this.send(batch);
  }

  private send(text: string): Promise<void> {
    if (this.failure) throw this.failure;
    return new Promise((resolve, reject) => {
      this.stream.write(text, (error) => {
        if (error) reject(this.failure ?? closedOr(error));
        else resolve();
      });
    });
  }
}

function closedOr(error: NodeJS.ErrnoException): Error {
  return error.code === "EPIPE" || error.code === "EOF" ? new OutputClosed() : error;
}
