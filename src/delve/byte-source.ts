/** Bytes with random access: a file of any size, or memory. Readers above take pieces, never the whole. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer at the end, none outside. */
  read(offset: number, length: number): Uint8Array;
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) =>
      offset < 0 || offset >= bytes.length
        ? EMPTY
        : bytes.subarray(offset, Math.min(bytes.length, offset + length)),
  };
}

export interface FileSource extends ByteSource {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  close(): void;
}

/** Throws what the system says (ENOENT, EACCES, ...); EISDIR for anything that is no regular file. */
export function openSource(path: string): FileSource {
  const descriptor = openSync(path, "r");
  const info = fstatSync(descriptor);
  if (!info.isFile()) {
    closeSync(descriptor);
    throw Object.assign(new Error(`${path}: not a regular file`), { code: "EISDIR" });
  }
  let open = true;
  return {
    path,
    size: info.size,
    modified: info.mtimeMs,
    read(offset, length) {
      if (!open || offset < 0 || offset >= info.size || length <= 0) return EMPTY;
      const buffer = Buffer.allocUnsafe(Math.min(length, info.size - offset));
      let read = 0;
      while (read < buffer.length) {
        const got = readSync(descriptor, buffer, read, buffer.length - read, offset + read);
        if (got === 0) break; // It shrank meanwhile.
        read += got;
      }
      return buffer.subarray(0, read);
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

/** The same bytes through a window, for readers that take a few at a time from left to right. */
export function windowed(source: ByteSource, window = 1 << 18): ByteSource {
  let start = 0;
  let held: Uint8Array = EMPTY;
  return {
    size: source.size,
    read(offset, length) {
      if (length > window) return source.read(offset, length);
      if (offset < start || offset + length > start + held.length) {
        held = source.read(offset, window);
        start = offset;
      }
      return held.subarray(offset - start, offset - start + length);
    },
  };
}

const EMPTY = new Uint8Array(0);
