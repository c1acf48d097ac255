/** A file read in pieces. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Bytes } from "./bytes.ts";

export interface OpenBytes extends Bytes {
  close(): void;
}

/** Throws what `open` throws, and EISDIR or EINVAL for what is no regular file: a pipe would wait for ever. */
export function openBytes(path: string): OpenBytes {
  const fd = openSync(path, "r");
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw Object.assign(new Error("not a regular file"), { code: stat.isDirectory() ? "EISDIR" : "EINVAL" });
  }
  return {
    size: stat.size,
    read(offset, length) {
      if (!(offset >= 0) || !(length > 0) || offset >= stat.size) return new Uint8Array(0);
      const buffer = new Uint8Array(Math.min(length, stat.size - offset));
      try {
        return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, offset));
      } catch {
        return new Uint8Array(0);
      }
    },
    close: () => closeSync(fd),
  };
}
