/** Files and standard input as a stream of bytes, unpacked, in bounded memory. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../fail.ts";
import type { CliMessages } from "../messages/index.ts";
import { OutputClosed } from "../output.ts";
import { packingOf } from "./kinds.ts";
import { type Prescan, startPrescan } from "./prescan.ts";
import { unpacker } from "./unpack.ts";

/** Large enough that system calls do not count, small enough to stay in the processor's cache. */
const CHUNK = 1 << 20;
const HEAD = 512;

/** Bytes read from the file, packed as they are, and its size where it is known. */
export type Progress = (read: number, total: number | undefined) => void;

/** Who takes the bytes: `TraceReader`. Plain files are read straight into its buffer. */
export interface Target {
  push(chunk: Uint8Array): void;
  buffer(minimum?: number): Uint8Array;
  commit(length: number): void;
  /** See TraceReader: bytes that another thread found quiet are passed over. */
  readonly idle: boolean;
  skip(bytes: number, newlines: number): void;
}

export interface ReadOptions {
  readonly m: CliMessages;
  readonly progress: Progress;
  /** Called after every piece; reading waits for it. */
  readonly after: () => void | Promise<void>;
  /** False where other files keep all cores busy: no thread looks through the second half of a large file. */
  readonly split?: boolean;
}

export interface ReadResult {
  /** Bytes after unpacking. */
  readonly bytes: number;
  /** The first bytes after unpacking, for telling what the input is. */
  readonly head: Uint8Array;
  /** One sentence when the input ended badly; what came before was delivered. */
  readonly error?: string;
}

/**
 * Delivers an input's unpacked bytes to `target`. Throws a UserError when it cannot be opened; a failure later,
 * such as broken gzip data, is returned, because what was read until then counts.
 */
export async function readInput(name: string, target: Target, options: ReadOptions): Promise<ReadResult> {
  const { m } = options;
  const counted = new Counted(target, options.after);
  const descriptor = name === "-" ? 0 : open(name, m);
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new UserError(m.isDirectory(shownName(name)));
    if (descriptor !== 0 && stat.isFile() && isPlain(descriptor))
      await readPlain(name, descriptor, stat, target, counted, options);
    else await unpackAll(chunksOf(name, descriptor, stat, options.progress), counted, name, m);
  } catch (failure) {
    if (failure instanceof OutputClosed) throw failure;
    const known = failure instanceof UserError;
    const error = known ? failure.message : m.readFailed(shownName(name), systemReason(failure));
    if (counted.bytes === 0) throw new UserError(error);
    return { bytes: counted.bytes, head: counted.head, error };
  } finally {
    if (descriptor !== 0) closeQuietly(descriptor);
  }
  return { bytes: counted.bytes, head: counted.head };
}

/** What the system says is wrong; anything else is a fault of ours and goes on up. */
function systemReason(failure: unknown): string {
  if ((failure as NodeJS.ErrnoException)?.code?.startsWith("E") !== true) throw failure;
  return reason(failure);
}

/** Whether a file needs no unpacking; looks without moving its position. */
function isPlain(descriptor: number): boolean {
  const head = new Uint8Array(4);
  const length = readSync(descriptor, head, 0, head.length, 0);
  return packingOf(head.subarray(0, length)) === undefined;
}

function shownName(name: string): string {
  return name === "-" ? "<stdin>" : name;
}

/** Hands bytes on, counts them, and keeps the first. */
class Counted {
  bytes = 0;
  head: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly target: Target,
    private readonly after: () => void | Promise<void>,
  ) {}

  readonly push = (chunk: Uint8Array): void | Promise<void> => {
    this.note(chunk);
    this.target.push(chunk);
    return this.after();
  };

  note(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.head.length >= HEAD) return;
    const joined = new Uint8Array(Math.min(HEAD, this.head.length + chunk.length));
    joined.set(this.head);
    joined.set(chunk.subarray(0, joined.length - this.head.length), this.head.length);
    this.head = joined;
  }
}

/**
 * Synchronous reads straight into the reader's buffer are several times as fast as a stream; every few of them
 * the event loop gets its turn, so that a signal or a closed output is noticed.
 */
async function readPlain(
  name: string,
  descriptor: number,
  stat: Stats,
  target: Target,
  counted: Counted,
  options: ReadOptions,
): Promise<void> {
  const prescan = options.split === false ? undefined : startPrescan(name, stat.size);
  try {
    for (let turn = 1; ; turn++) {
      if (prescan && counted.bytes === prescan.from) await passQuiet(prescan, target, counted);
      const limit = prescan && counted.bytes < prescan.from ? prescan.from - counted.bytes : CHUNK;
      const space = target.buffer(1);
      const length = readSync(descriptor, space, 0, Math.min(space.length, CHUNK, limit), counted.bytes);
      if (length === 0) return;
      counted.note(space.subarray(0, length));
      target.commit(length);
      options.progress(counted.bytes, stat.size);
      await options.after();
      if (turn % TURNS_PER_PAUSE === 0) await setImmediate();
    }
  } finally {
    prescan?.stop();
  }
}

/** Goes on behind what the other thread found quiet, unless a report is open across its start. */
async function passQuiet(prescan: Prescan, target: Target, counted: Counted): Promise<void> {
  if (!target.idle) return;
  const quiet = await prescan.quiet;
  if (!quiet || quiet.upTo <= prescan.from) return;
  target.skip(quiet.upTo - prescan.from, quiet.newlines);
  counted.bytes = quiet.upTo;
}

const TURNS_PER_PAUSE = 16;

async function unpackAll(
  chunks: AsyncIterable<Uint8Array>,
  counted: Counted,
  name: string,
  m: CliMessages,
): Promise<void> {
  let stage: { push(chunk: Uint8Array): void | Promise<void>; end(): void | Promise<void> } | undefined;
  for await (const chunk of chunks) {
    stage ??= await unpacker(packingOf(chunk), counted.push, (kind, why) => {
      return new UserError(m.broken(shownName(name), kind, why));
    });
    await stage.push(chunk);
  }
  await stage?.end();
}

function open(name: string, m: CliMessages): number {
  try {
    return openSync(name, "r");
  } catch (failure) {
    throw new UserError(openError(name, failure, m));
  }
}

export function openError(name: string, failure: unknown, m: CliMessages): string {
  switch ((failure as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return m.notFound(name);
    case "EACCES":
    case "EPERM":
      return m.denied(name);
    case "EISDIR":
      return m.isDirectory(name);
    default:
      return m.readFailed(name, reason(failure));
  }
}

/** `no such device` of `ENXIO: no such device or address, open '/dev/x'`. */
export function reason(failure: unknown): string {
  const text = failure instanceof Error ? failure.message : String(failure);
  return /^[A-Z0-9]+: ([^,]+)/.exec(text)?.[1] ?? text;
}

function chunksOf(
  name: string,
  descriptor: number,
  stat: Stats,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  return stat.isFile() ? fileChunks(descriptor, stat, progress) : streamChunks(name, descriptor, progress);
}

async function* fileChunks(descriptor: number, stat: Stats, progress: Progress): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  let read = 0;
  for (let turn = 1; ; turn++) {
    const length = readSync(descriptor, buffer, 0, buffer.length, null);
    if (length === 0) return;
    read += length;
    progress(read, stat.size);
    yield buffer.subarray(0, length);
    if (turn % TURNS_PER_PAUSE === 0) await setImmediate();
  }
}

async function* streamChunks(
  name: string,
  descriptor: number,
  progress: Progress,
): AsyncGenerator<Uint8Array> {
  const { createReadStream } = await import("node:fs");
  const stream = name === "-" ? process.stdin : createReadStream("", { fd: descriptor, autoClose: false });
  let read = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    read += bytes.length;
    progress(read, undefined);
    yield bytes;
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // A stream that failed may have closed it already.
  }
}
