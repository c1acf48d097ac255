/** The last bytes of a stream, and all of them while they are wanted. */

const SMALLEST = 256 << 10;
/** A longer crash text keeps its head: what failed stands there. */
const LARGEST = 16 << 20;

export class RecentBytes {
  private bytes = new Uint8Array(SMALLEST);
  private length = 0;
  /** Offset in the stream of bytes[0]. */
  private base = 0;
  /** Bytes of the stream that were not kept, because the buffer was full. */
  private lost = 0;

  /** `keep` bytes at least can always be looked back. */
  constructor(private readonly keep: number) {}

  /** Appends; drops no older byte where `holdAll`. */
  append(chunk: Uint8Array, holdAll: boolean): void {
    if (this.lost > 0) {
      if (holdAll) {
        this.lost += chunk.length;
        return;
      }
      this.restart();
    }
    if (this.length + chunk.length > this.bytes.length) this.makeRoom(chunk.length, holdAll);
    const room = Math.min(chunk.length, this.bytes.length - this.length);
    this.bytes.set(room < chunk.length ? chunk.subarray(0, room) : chunk, this.length);
    this.length += room;
    this.lost = chunk.length - room;
  }

  /** A copy of what is kept of a range of the stream; `rawStart` is where it begins. */
  slice(start: number, end: number): { readonly raw: Uint8Array; readonly rawStart: number } {
    const from = Math.min(Math.max(start - this.base, 0), this.length);
    const to = Math.min(Math.max(end - this.base, from), this.length);
    return { raw: this.bytes.slice(from, to), rawStart: this.base + from };
  }

  clear(): void {
    this.base = 0;
    this.length = 0;
    this.lost = 0;
    if (this.bytes.length > SMALLEST) this.bytes = new Uint8Array(SMALLEST);
  }

  private makeRoom(more: number, holdAll: boolean): void {
    if (!holdAll) {
      const drop = Math.max(0, this.length - this.keep);
      this.bytes.copyWithin(0, drop, this.length);
      this.base += drop;
      this.length -= drop;
    }
    let size = this.bytes.length;
    while (size < this.length + more && size < LARGEST) size *= 2;
    if (size === this.bytes.length) return;
    const grown = new Uint8Array(size);
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** After a text too long to keep, nothing before this point can be looked back. */
  private restart(): void {
    this.base += this.length + this.lost;
    this.length = 0;
    this.lost = 0;
    this.bytes = new Uint8Array(SMALLEST);
  }
}
