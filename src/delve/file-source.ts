/** A file as bytes with random access. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "./byte-source.ts";

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

const EMPTY = new Uint8Array(0);
