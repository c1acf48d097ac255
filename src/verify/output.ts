/**
 * Collects a program's output up to a bound and keeps its head and its tail: a crash text stands at one of
 * the two, and a runaway program may write gigabytes in between.
 */
export class BoundedOutput {
  private readonly head: Buffer[] = [];
  private headBytes = 0;
  private readonly tail: Buffer[] = [];
  /** Index of the oldest chunk of the tail that still holds bytes. */
  private first = 0;
  private tailBytes = 0;
  private dropped = 0;
  private readonly half: number;

  constructor(limit: number) {
    this.half = Math.max(1, Math.floor(limit / 2));
  }

  get truncated(): boolean {
    return this.dropped > 0;
  }

  push(chunk: Buffer): void {
    const room = this.half - this.headBytes;
    const first = chunk.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.head.push(first);
      this.headBytes += first.length;
    }
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.tail.push(rest);
    this.tailBytes += rest.length;
    this.trim();
  }

  private trim(): void {
    while (this.tailBytes > this.half) {
      const oldest = this.tail[this.first]!;
      const excess = Math.min(oldest.length, this.tailBytes - this.half);
      this.tail[this.first] = oldest.subarray(excess);
      if (excess === oldest.length) this.first++;
      this.tailBytes -= excess;
      this.dropped += excess;
    }
    // Dropping the dead slots now and then keeps a million one-line chunks from costing a shift each.
    if (this.first > 1024 && this.first > this.tail.length / 2) {
      this.tail.splice(0, this.first);
      this.first = 0;
    }
  }

  /** What was kept; a line in between says how much was not. */
  bytes(): Buffer {
    const gap = this.dropped > 0 ? [Buffer.from(`\n[${this.dropped} bytes of output left out]\n`)] : [];
    return Buffer.concat([...this.head, ...gap, ...this.tail.slice(this.first)]);
  }
}
