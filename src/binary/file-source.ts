/** A file as bytes with random access. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "./byte-source.ts";

export interface FileSource extends ByteSource {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  close(): void;
}

/**
 * Throws what the system says (ENOENT, EACCES, ...), and EISDIR or EINVAL for what is no regular file: a pipe would wait
 * for ever. Reading never throws: what the disk refuses, or another has cut meanwhile, is not there.
 */
export function openSource(path: string): FileSource {
  const descriptor = openSync(path, "r");
  const info = fstatSync(descriptor);
  if (!info.isFile()) {
    closeSync(descriptor);
    throw Object.assign(new Error(`${path}: not a regular file`), {
      code: info.isDirectory() ? "EISDIR" : "EINVAL",
    });
  }
  let open = true;
  return {
    path,
    size: info.size,
    modified: info.mtimeMs,
    read(offset, length) {
      if (!open || !(offset >= 0) || !(length > 0) || offset >= info.size) return new Uint8Array(0);
      return readUpTo(descriptor, offset, Math.min(length, info.size - offset));
    },
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function readUpTo(descriptor: number, offset: number, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  let read = 0;
  try {
    while (read < length) {
      const got = readSync(descriptor, buffer, read, length - read, offset + read);
      if (got === 0) break;
      read += got;
    }
  } catch {
    // What came before the failure counts.
  }
  return buffer.subarray(0, read);
}
