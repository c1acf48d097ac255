/** Reads a file that grows, as `tail -F` does: over rotation, truncation, and while it is not there yet. */
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

export type TailEvent =
  | { readonly kind: "data"; readonly chunk: Uint8Array }
  /** Everything there is has been read; comes at every look. */
  | { readonly kind: "idle" }
  | { readonly kind: "waiting" | "rotated" | "truncated" };

const CHUNK = 1 << 18;

/**
 * The bytes of a file from its beginning, for as long as `signal` allows. Polls, because file events do not
 * cross network file systems and containers' mounts. Throws when the file is there but cannot be read.
 */
export async function* tail(name: string, signal: AbortSignal, interval = 200): AsyncGenerator<TailEvent> {
  let file: Opened | undefined;
  let told = false;
  try {
    while (!signal.aborted) {
      file ??= await Opened.open(name);
      if (!file) {
        if (!told) yield { kind: "waiting" };
        told = true;
        await pause(interval, signal);
        continue;
      }
      told = true;
      yield* file.fresh(signal);
      const change = await file.change(name);
      if (change === "rotated" || change === "truncated") {
        // What the writer still put into the old file between our reading and its replacement.
        if (change === "rotated") yield* file.fresh(signal);
        yield { kind: change };
        if (change === "truncated") file.position = 0;
        else {
          await file.close();
          file = undefined;
        }
        continue;
      }
      yield { kind: "idle" };
      await pause(interval, signal);
    }
  } finally {
    await file?.close();
  }
}

class Opened {
  position = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly identity: string,
  ) {}

  static async open(name: string): Promise<Opened | undefined> {
    try {
      const handle = await open(name, "r");
      return new Opened(handle, identityOf(await handle.stat()));
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw failure;
    }
  }

  async *fresh(signal: AbortSignal): AsyncGenerator<TailEvent> {
    while (!signal.aborted) {
      const buffer = Buffer.allocUnsafeSlow(CHUNK);
      const { bytesRead } = await this.handle.read(buffer, 0, CHUNK, this.position);
      if (bytesRead === 0) return;
      this.position += bytesRead;
      yield { kind: "data", chunk: buffer.subarray(0, bytesRead) };
    }
  }

  /** What became of the file behind the name. A missing name is a rotation that is not finished yet. */
  async change(name: string): Promise<"rotated" | "truncated" | undefined> {
    try {
      const now = await stat(name);
      if (identityOf(now) !== this.identity) return "rotated";
      return now.size < this.position ? "truncated" : undefined;
    } catch {
      return undefined;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function identityOf(stats: { dev: number; ino: number }): string {
  return `${stats.dev}:${stats.ino}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
