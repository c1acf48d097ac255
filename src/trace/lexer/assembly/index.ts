// The scanner, compiled to WebAssembly so that a log without a crash passes at memory speed: 32 bytes a step.
//
// Every anchor is known by four bytes of it, its fingerprint. Only their low nibbles are looked at: in text they carry
// nearly all the information of a byte, and leaving the high ones out halves the work. Each of the four positions has a
// 16-byte table whose bits are buckets of anchors (after the method of Teddy in Hyperscan). A place whose bucket survives
// all four is compared with the anchors, byte by byte.
//
// Memory: the four tables, then the list of anchors, then the buffer. The host writes all of them.

/** Four tables of 16 bytes: by the low nibble of the fingerprint's byte, the buckets that may have it there. */
export const TABLES: usize = 1024;
/** Anchors, bucket after bucket: fingerprint offset, length and up to 30 bytes of text each. */
export const ANCHORS: usize = 2048;
/** 512 flags, by a hash of a fingerprint's four bytes: most false candidates end there. */
export const SIEVE: usize = 8192;
/** The bytes to search begin here; 64 spare bytes stand before and behind them. */
export const BUFFER: usize = 65536;

/** For each of the eight buckets, the index of its first anchor and of the one behind its last. */
export const RANGES: usize = 1600;

const ENTRY: usize = 32;
const SCRATCH: usize = 1536;

// @ts-ignore: decorator
@inline
function candidates(at: usize, t0: v128, t1: v128, t2: v128, t3: v128): v128 {
  const low = i8x16.splat(0x0f);
  return v128.and(
    v128.and(
      i8x16.swizzle(t0, v128.and(v128.load(at), low)),
      i8x16.swizzle(t1, v128.and(v128.load(at, 1), low)),
    ),
    v128.and(
      i8x16.swizzle(t2, v128.and(v128.load(at, 2), low)),
      i8x16.swizzle(t3, v128.and(v128.load(at, 3), low)),
    ),
  );
}

/** Start of the anchor of one of these buckets whose fingerprint stands at `at`, or -1. It lies within [from, to). */
function confirm(at: usize, buckets: u32, from: usize, to: usize): isize {
  if (load<u8>(SIEVE + <usize>((load<u32>(at) * 0x9e3779b1) >>> 23)) == 0) return -1;
  while (buckets != 0) {
    const range = RANGES + 2 * <usize>ctz(buckets);
    buckets &= buckets - 1;
    const end: usize = load<u8>(range, 1);
    for (let i: usize = load<u8>(range); i < end; i++) {
      const entry = ANCHORS + i * ENTRY;
      const start = at - load<u8>(entry);
      const length: usize = load<u8>(entry, 1);
      if (start < from || start + length > to) continue;
      let same: usize = 0;
      while (same < length && load<u8>(start + same) == load<u8>(entry + 2 + same)) same++;
      if (same == length) return start;
    }
  }
  return -1;
}

/** The first confirmed anchor among the candidates of one step, or -1. */
function firstOf(hit: v128, at: usize, from: usize, to: usize): isize {
  let places = ~i8x16.bitmask(i8x16.eq(hit, i8x16.splat(0))) & 0xffff;
  if (places == 0) return -1;
  v128.store(SCRATCH, hit);
  while (places != 0) {
    const place = <usize>ctz(places);
    places &= places - 1;
    const found = confirm(at + place, load<u8>(SCRATCH + place), from, to);
    if (found >= 0) return found;
  }
  return -1;
}

/**
 * Address of the anchor in [from, to) whose fingerprint comes first, or -1. The result depends on the bytes alone.
 * Anchors that straddle `to` are not found: the host searches again from a little before it.
 */
export function find(from: usize, to: usize): isize {
  const t0 = v128.load(TABLES);
  const t1 = v128.load(TABLES, 16);
  const t2 = v128.load(TABLES, 32);
  const t3 = v128.load(TABLES, 48);
  for (let at = from; at < to; at += 32) {
    const first = candidates(at, t0, t1, t2, t3);
    const second = candidates(at + 16, t0, t1, t2, t3);
    if (!v128.any_true(v128.or(first, second))) continue;
    let found = firstOf(first, at, from, to);
    if (found >= 0) return found;
    found = firstOf(second, at + 16, from, to);
    if (found >= 0) return found;
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
