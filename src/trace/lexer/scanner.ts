import { ANCHOR_MAX, ANCHORS } from "../scan.ts";

const encoder = new TextEncoder();
const NEEDLES = ANCHORS.map((anchor) => encoder.encode(anchor));

/** Searches a buffer for anchors. */
export class Scanner {
  static readonly LONGEST = ANCHOR_MAX;
  readonly bytes: Uint8Array;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Index of the first anchor that starts in `[from, to)` and ends before `to`, or -1. */
  find(from: number, to: number): number {
    const { bytes } = this;
    for (let at = from; at < to; at++) {
      for (const needle of NEEDLES) {
        if (bytes[at] !== needle[0] || at + needle.length > to) continue;
        let i = 1;
        while (i < needle.length && bytes[at + i] === needle[i]) i++;
        if (i === needle.length) return at;
      }
    }
    return -1;
  }

  countNewlines(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at++) if (this.bytes[at] === 10) count++;
    return count;
  }
}
