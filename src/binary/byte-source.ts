/** Bytes with random access, and numbers in a few of them. Readers take pieces, never the whole. Pure. */

export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer at the end, none outside, whatever the numbers. */
  read(offset: number, length: number): Uint8Array;
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) =>
      offset >= 0 && length > 0 && offset < bytes.length ? bytes.subarray(offset, offset + length) : EMPTY,
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

/** A range of a source as a source of its own. */
export function partOf(source: ByteSource, start: number, length: number): ByteSource {
  const size = Math.max(0, Math.min(length, source.size - start)) || 0;
  return {
    size,
    read: (offset, wanted) =>
      offset >= 0 && offset < size ? source.read(start + offset, Math.min(wanted, size - offset)) : EMPTY,
  };
}

const EMPTY = new Uint8Array(0);

/** Numbers in a few bytes. Outside of them everything is 0: callers check lengths where that matters. */
export class Fields {
  private readonly view: DataView;

  /** `bits` is the width of a word. */
  constructor(
    private readonly bytes: Uint8Array,
    readonly bits: 32 | 64,
    private readonly littleEndian: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u16(at: number): number {
    return this.holds(at, 2) ? this.view.getUint16(at, this.littleEndian) : 0;
  }

  u32(at: number): number {
    return this.holds(at, 4) ? this.view.getUint32(at, this.littleEndian) : 0;
  }

  i32(at: number): number {
    return this.holds(at, 4) ? this.view.getInt32(at, this.littleEndian) : 0;
  }

  u64(at: number): bigint {
    return this.holds(at, 8) ? this.view.getBigUint64(at, this.littleEndian) : 0n;
  }

  word(at: number): bigint {
    return this.bits === 64 ? this.u64(at) : BigInt(this.u32(at));
  }

  /** A word that is an offset or a size: above 2^53 it is no file's. */
  size(at: number): number {
    return Number(this.word(at));
  }

  /** Up to the first zero byte, as UTF-8; at most `limit` bytes. */
  text(at: number, limit = 4096): string {
    return at >= 0 && at < this.length ? cString(this.bytes.subarray(at, at + limit)) : "";
  }

  private holds(at: number, size: number): boolean {
    return at >= 0 && at + size <= this.length;
  }
}

/** Up to the first zero, as UTF-8. */
export function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** First place of `needle` in `hay` from `from`, or -1. */
export function indexOfBytes(hay: Uint8Array, needle: Uint8Array, from = 0): number {
  const first = needle[0]!;
  for (let at = hay.indexOf(first, from); at >= 0; at = hay.indexOf(first, at + 1)) {
    let same = 1;
    while (same < needle.length && hay[at + same] === needle[same]) same++;
    if (same === needle.length) return at;
  }
  return -1;
}
