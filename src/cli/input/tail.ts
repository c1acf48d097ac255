/** Reads a file that grows, as `tail -F` does: over rotation, truncation, and while it is not there yet. */
import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

export type TailEvent =
  | { readonly kind: "data"; readonly chunk: Uint8Array }
  /** Everything there is has been read; comes at every look. */
  | { readonly kind: "idle" }
  | { readonly kind: "waiting" | "rotated" | "truncated" };

/** A file just opened, for whoever knows how far it was read before. */
export interface OpenedFile {
  /** Device and inode: the same file under any name. */
  readonly identity: string;
  /** Bytes, when it was opened. */
  readonly size: number;
  /** Up to `length` bytes from an offset; fewer at the end. */
  read(from: number, length: number): Promise<Uint8Array>;
}

export interface TailOptions {
  /** Milliseconds between two looks. */
  readonly interval?: number;
  /** Where to begin in a file, asked for each that is opened. Absent: at its start. */
  readonly begin?: (file: OpenedFile) => Promise<number>;
}

const CHUNK = 1 << 18;
/** Last bytes read, by which a file that was cut and filled again between two looks is told. */
const TRAIL = 64;

/**
 * The bytes of a file from its beginning, for as long as `signal` allows. Polls, because file events do not
 * cross network file systems and containers' mounts. Throws when the file is there but cannot be read.
 */
export async function* tail(
  name: string,
  signal: AbortSignal,
  options: TailOptions = {},
): AsyncGenerator<TailEvent> {
  const interval = options.interval ?? 200;
  let file: Opened | undefined;
  let told = false;
  try {
    while (!signal.aborted) {
      if (!file) {
        file = await Opened.open(name);
        if (file && options.begin) await file.seek(await options.begin(file));
      }
      if (!file) {
        if (!told) yield { kind: "waiting" };
        told = true;
        await pause(interval, signal);
        continue;
      }
      told = true;
      yield* file.fresh(signal);
      const change = file.overwritten ? "truncated" : await file.change(name);
      if (change === "rotated" || change === "truncated") {
        // What the writer still put into the old file between our reading and its replacement.
        if (change === "rotated") yield* file.fresh(signal);
        yield { kind: change };
        if (change === "truncated") file.rewind();
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

class Opened implements OpenedFile {
  /** Other bytes stand where the last ones were read: the file was cut and has grown past our place since. */
  overwritten = false;
  private position = 0;
  private trail = Buffer.alloc(0);

  private constructor(
    private readonly handle: FileHandle,
    readonly identity: string,
    readonly size: number,
  ) {}

  static async open(name: string): Promise<Opened | undefined> {
    try {
      const handle = await open(name, "r");
      const stats = await handle.stat();
      return new Opened(handle, identityOf(stats), stats.size);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw failure;
    }
  }

  async read(from: number, length: number): Promise<Uint8Array> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.handle.read(buffer, 0, length, from);
    return buffer.subarray(0, bytesRead);
  }

  async seek(position: number): Promise<void> {
    const known = Math.min(TRAIL, position);
    this.trail = Buffer.from(await this.read(position - known, known));
    this.position = position;
  }

  rewind(): void {
    this.position = 0;
    this.trail = Buffer.alloc(0);
    this.overwritten = false;
  }

  /** What stands behind our place. Each read begins with the last bytes of the one before, to compare them. */
  async *fresh(signal: AbortSignal): AsyncGenerator<TailEvent> {
    while (!signal.aborted) {
      const known = this.trail.length;
      const buffer = Buffer.allocUnsafeSlow(known + CHUNK);
      const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, this.position - known);
      if (bytesRead <= known) return;
      if (!buffer.subarray(0, known).equals(this.trail)) {
        this.overwritten = true;
        return;
      }
      this.position += bytesRead - known;
      this.trail = Buffer.from(buffer.subarray(Math.max(0, bytesRead - TRAIL), bytesRead));
      yield { kind: "data", chunk: buffer.subarray(known, bytesRead) };
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

export function identityOf(stats: { dev: number; ino: number }): string {
  return `${stats.dev}:${stats.ino}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
