/** Bytes with random access: a file of any size, or memory. Readers take pieces, never the whole. Pure. */

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
