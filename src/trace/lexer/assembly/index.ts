// The scanner, compiled to WebAssembly so that a log without a crash passes at memory speed: 16 bytes a step.
//
// Every anchor is known by three bytes of it, its fingerprint, and by the offset of the fingerprint in the anchor. The
// three bytes are looked up by nibbles in 16-byte tables whose bits are buckets (the method of Teddy in Hyperscan).
// A position whose bucket survives all three is compared with the anchors of that bucket, byte by byte.
//
// Memory: [TABLES) six nibble tables, then the anchor list, then the buffer. The host writes all of them.

/** Six tables of 16 bytes: low and high nibbles of the fingerprint's three bytes. */
export const TABLES: usize = 1024;
/** Anchors: count, then per anchor bucket mask, fingerprint offset, length and 29 bytes of text. */
export const ANCHORS: usize = 2048;
/** The bytes to search begin here; 64 spare bytes stand before and behind them. */
export const BUFFER: usize = 65536;

const ENTRY: usize = 32;

// @ts-ignore: decorator
@inline
function candidates(at: usize, lo0: v128, hi0: v128, lo1: v128, hi1: v128, lo2: v128, hi2: v128): v128 {
  const mask = i8x16.splat(0x0f);
  const a = v128.load(at);
  const b = v128.load(at, 1);
  const c = v128.load(at, 2);
  const first = v128.and(
    i8x16.swizzle(lo0, v128.and(a, mask)),
    i8x16.swizzle(hi0, v128.and(i16x8.shr_u(a, 4), mask)),
  );
  const second = v128.and(
    i8x16.swizzle(lo1, v128.and(b, mask)),
    i8x16.swizzle(hi1, v128.and(i16x8.shr_u(b, 4), mask)),
  );
  const third = v128.and(
    i8x16.swizzle(lo2, v128.and(c, mask)),
    i8x16.swizzle(hi2, v128.and(i16x8.shr_u(c, 4), mask)),
  );
  return v128.and(v128.and(first, second), third);
}

/** Start of the anchor whose fingerprint stands at `at`, or -1. The anchor lies within [from, to). */
function confirm(at: usize, from: usize, to: usize): isize {
  const count = load<u8>(ANCHORS);
  for (let i: usize = 0; i < count; i++) {
    const entry = ANCHORS + 16 + i * ENTRY;
    const start = at - load<u8>(entry, 1);
    const length: usize = load<u8>(entry, 2);
    if (start < from || start + length > to) continue;
    let same: usize = 0;
    while (same < length && load<u8>(start + same) == load<u8>(entry + 3 + same)) same++;
    if (same == length) return start;
  }
  return -1;
}

/**
 * Address of the anchor in [from, to) whose fingerprint comes first, or -1. The result depends on the bytes alone:
 * anchors that straddle `to` are not found, so the host searches again from a little before it.
 */
export function find(from: usize, to: usize): isize {
  const lo0 = v128.load(TABLES);
  const hi0 = v128.load(TABLES, 16);
  const lo1 = v128.load(TABLES, 32);
  const hi1 = v128.load(TABLES, 48);
  const lo2 = v128.load(TABLES, 64);
  const hi2 = v128.load(TABLES, 80);
  let at = from;
  while (at < to) {
    const hit = candidates(at, lo0, hi0, lo1, hi1, lo2, hi2);
    if (v128.any_true(hit)) {
      let bits = ~i8x16.bitmask(i8x16.eq(hit, i8x16.splat(0))) & 0xffff;
      while (bits != 0) {
        const fingerprint = at + <usize>ctz(bits);
        bits &= bits - 1;
        const found = confirm(fingerprint, from, to);
        if (found >= 0) return found;
      }
    }
    at += 16;
  }
  return -1;
}

/** Newlines in [from, to). */
export function count(from: usize, to: usize): i32 {
  const newline = i8x16.splat(10);
  let total: i32 = 0;
  let at = from;
  while (at + 16 <= to) {
    total += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), newline)));
    at += 16;
  }
  while (at < to) {
    if (load<u8>(at) == 10) total++;
    at++;
  }
  return total;
}
