/**
 * LZ4 frames, as systemd before 246 packs cores. Pure. Source: LZ4 frame format 1.6.2 and block format. Checksums are not
 * looked at: a core has its own marks, and what was cut is told.
 */

const MAGIC = 0x184d2204;
const WINDOW = 1 << 16;
const LARGEST_BLOCK = 4 << 20;

/** Takes a frame in pieces and hands on what it holds. Throws an Error for what is no such frame. */
export class Lz4Decoder {
  private waiting: Uint8Array = new Uint8Array(0);
  private state: "header" | "blocks" | "end" = "header";
  private blockChecksum = false;
  /** The last 64 KiB: blocks may refer to what stands in earlier ones. */
  private history: Uint8Array = new Uint8Array(0);

  constructor(private readonly sink: (chunk: Uint8Array) => void) {}

  push(chunk: Uint8Array): void {
    this.waiting = this.waiting.length === 0 ? chunk.slice() : joined(this.waiting, chunk);
    let taken = 0;
    for (let step = this.step(taken); step > 0; step = this.step(taken)) taken += step;
    this.waiting = this.waiting.subarray(taken);
  }

  /** Throws where the frame was cut. */
  end(): void {
    if (this.state !== "end") throw new Error("cut short");
  }

  /** Bytes taken; 0 when more are needed. */
  private step(from: number): number {
    const bytes = this.waiting.subarray(from);
    if (this.state === "header") return this.readHeader(bytes);
    if (this.state === "end" || bytes.length < 4) return 0;
    const word = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    if (word === 0) {
      this.state = "end";
      return 4;
    }
    const size = word & 0x7fff_ffff;
    if (size > LARGEST_BLOCK + 64) throw new Error("a block is too large");
    const whole = 4 + size + (this.blockChecksum ? 4 : 0);
    if (bytes.length < whole) return 0;
    const block = bytes.subarray(4, 4 + size);
    this.give(word >>> 31 === 1 ? block : decodeBlock(block, this.history));
    return whole;
  }

  private readHeader(bytes: Uint8Array): number {
    if (bytes.length < 7) return 0;
    if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) !== MAGIC || bytes[4]! >> 6 !== 1)
      throw new Error("no LZ4 frame");
    const flags = bytes[4]!;
    this.blockChecksum = (flags & 0x10) !== 0;
    const size = 7 + ((flags & 8) !== 0 ? 8 : 0) + ((flags & 1) !== 0 ? 4 : 0);
    if (bytes.length < size) return 0;
    this.state = "blocks";
    return size;
  }

  private give(data: Uint8Array): void {
    this.history = data.length >= WINDOW ? data.slice(-WINDOW) : joined(this.history, data).slice(-WINDOW);
    this.sink(data);
  }
}

/** One block; `before` is what stands in front of it. */
function decodeBlock(block: Uint8Array, before: Uint8Array): Uint8Array {
  const out = new Uint8Array(before.length + LARGEST_BLOCK);
  out.set(before);
  let to = before.length;
  let at = 0;
  const length = (start: number) => {
    let total = start;
    if (start === 15) {
      let byte = 255;
      while (byte === 255) {
        byte = block[at++] ?? 0;
        total += byte;
      }
    }
    return total;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = length(token >> 4);
    if (at + literals > block.length || to + literals > out.length) throw new Error("damaged");
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const back = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const copied = length(token & 15) + 4;
    if (back === 0 || back > to || to + copied > out.length) throw new Error("damaged");
    // Byte by byte: a match may reach into what it writes.
    for (let n = 0; n < copied; n++, to++) out[to] = out[to - back]!;
  }
  return out.subarray(before.length, to);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
