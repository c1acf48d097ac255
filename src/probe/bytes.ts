/** A file or a memory, read in pieces: binaries of LLM services are too large to be read whole. */
export interface Bytes {
  readonly size: number;
  /** At most `length` bytes from `offset`; fewer, or none, where the file ends. Never throws on any numbers. */
  read(offset: number, length: number): Uint8Array;
}

export function bytesOf(memory: Uint8Array): Bytes {
  return {
    size: memory.length,
    read(offset, length) {
      if (!(offset >= 0) || !(length > 0)) return new Uint8Array(0);
      return memory.subarray(Math.min(offset, memory.length), Math.min(offset + length, memory.length));
    },
  };
}

/** Numbers out of a few bytes; zero behind the end, so that broken headers read as nothing. */
export class View {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return at >= 0 && at < this.bytes.length ? this.bytes[at]! : 0;
  }

  u16(at: number): number {
    return at >= 0 && at + 2 <= this.bytes.length ? this.view.getUint16(at, this.little) : 0;
  }

  u32(at: number): number {
    return at >= 0 && at + 4 <= this.bytes.length ? this.view.getUint32(at, this.little) : 0;
  }

  /** As a number: offsets and sizes above 2^53 are no file's. */
  u64(at: number): number {
    return at >= 0 && at + 8 <= this.bytes.length ? Number(this.view.getBigUint64(at, this.little)) : 0;
  }

  /** Up to the first zero byte. */
  text(at: number, limit = 4096): string {
    if (at < 0 || at >= this.bytes.length) return "";
    const end = this.bytes.indexOf(0, at);
    const stop = Math.min(end < 0 ? this.bytes.length : end, at + limit);
    return new TextDecoder().decode(this.bytes.subarray(at, stop));
  }
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
