/** Files and pipes, whole, up to a limit. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isatty } from "node:tty";

const PIECE = 1 << 20;

/**
 * All of a file, a pipe or standard input (`-`). Throws what `open` throws, EINVAL for a device, and EFBIG above
 * `limit` bytes.
 */
export function readWhole(path: string, limit: number): Uint8Array {
  const fd = path === "-" ? 0 : openSync(path, "r");
  try {
    if (fstatSync(fd).isDirectory())
      throw Object.assign(new Error("this is a folder"), { code: "EISDIR", path });
    // Devices such as /dev/zero have no end.
    if (fd !== 0 && fstatSync(fd).isCharacterDevice() && !isatty(fd))
      throw Object.assign(new Error("this is a device"), { code: "EINVAL", path });
    const pieces: Buffer[] = [];
    for (let size = 0; ; ) {
      const piece = Buffer.allocUnsafe(PIECE);
      const got = readSome(fd, piece);
      if (got === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, got));
      size += got;
      if (size > limit) throw Object.assign(new Error("the file is too large"), { code: "EFBIG", path });
    }
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

/** Standard input of a terminal or a slow pipe may have nothing yet; a closed one on Windows ends with EOF. */
function readSome(fd: number, piece: Buffer): number {
  for (;;) {
    try {
      return readSync(fd, piece, 0, piece.length, null);
    } catch (failure) {
      const { code } = failure as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw failure;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
