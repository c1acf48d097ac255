/** The buffer and the scanner over it. The work is done in WebAssembly; see assembly/index.ts. */
import { ANCHORS, type Anchor } from "./anchors.ts";
import { WASM } from "./lexer.wasm.ts";

interface LexerExports {
  readonly TABLES: WebAssembly.Global;
  readonly ANCHORS: WebAssembly.Global;
  readonly BUFFER: WebAssembly.Global;
  readonly SIEVE: WebAssembly.Global;
  readonly RANGES: WebAssembly.Global;
  find(from: number, to: number): number;
  count(from: number, to: number): number;
}

const PAGE = 65536;
/** Vectors read past the end of what is asked for; what stands there does not change the result. */
const SPARE = 64;
const ENTRY = 32;
const BUCKETS = 8;
const FINGERPRINT = 4;

function fingerprintOf(anchor: Anchor): string {
  return anchor.text.slice(anchor.rare, anchor.rare + FINGERPRINT);
}

/** Fingerprints that begin alike share a bucket: that keeps the other buckets selective. Indexes run through all. */
function inBuckets(): { anchor: Anchor; index: number }[][] {
  const prefixes: string[] = [];
  const buckets: Anchor[][] = Array.from({ length: BUCKETS }, () => []);
  for (const anchor of ANCHORS) {
    const prefix = fingerprintOf(anchor).slice(0, FINGERPRINT - 1);
    if (!prefixes.includes(prefix)) prefixes.push(prefix);
    buckets[prefixes.indexOf(prefix) % BUCKETS]!.push(anchor);
  }
  let index = 0;
  return buckets.map((anchors) => anchors.map((anchor) => ({ anchor, index: index++ })));
}

/** Where the sieve of assembly/index.ts keeps a fingerprint. */
function sieveIndex(fingerprint: string): number {
  let word = 0;
  for (let i = 0; i < FINGERPRINT; i++) word |= fingerprint.charCodeAt(i) << (8 * i);
  return Math.imul(word, 0x9e3779b1) >>> 23;
}

let compiled: WebAssembly.Module | undefined;

function wasmModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(decodeBase64(WASM));
  return compiled;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** One scanner that is not in use, kept because making its memory costs more than reading a small text. */
let spare: Scanner | undefined;

export class Scanner {
  /** Length of the longest anchor. */
  static readonly LONGEST = Math.max(...ANCHORS.map((anchor) => anchor.text.length));
  /** The bytes to search. Whoever fills them may do so in place. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly lexer: LexerExports;
  private readonly offset: number;

  constructor(capacity: number) {
    const memory = new WebAssembly.Memory({ initial: Math.ceil((PAGE + capacity + SPARE) / PAGE) + 1 });
    const instance = new WebAssembly.Instance(wasmModule(), { env: { memory } });
    this.lexer = instance.exports as unknown as LexerExports;
    this.offset = Number(this.lexer.BUFFER.value);
    this.writeTables(new Uint8Array(memory.buffer));
    this.bytes = new Uint8Array(memory.buffer, this.offset, capacity);
  }

  /** A scanner for at least `capacity` bytes, which may hold bytes of an earlier use. Give it back when done. */
  static take(capacity: number): Scanner {
    const kept = spare;
    if (!kept || kept.bytes.length < capacity) return new Scanner(capacity);
    spare = undefined;
    return kept;
  }

  /** Ends the use of a scanner: nobody may touch its bytes any more. */
  static giveBack(scanner: Scanner): void {
    if (!spare || spare.bytes.length < scanner.bytes.length) spare = scanner;
  }

  /** Index of the next anchor that lies in `[from, to)`, or -1. */
  find(from: number, to: number): number {
    if (from >= to) return -1;
    const found = this.lexer.find(this.offset + from, this.offset + to);
    return found < 0 ? -1 : found - this.offset;
  }

  /** Newlines in `[from, to)`. */
  countNewlines(from: number, to: number): number {
    return from >= to ? 0 : this.lexer.count(this.offset + from, this.offset + to);
  }

  private writeTables(memory: Uint8Array): void {
    const { TABLES, ANCHORS: list, RANGES, SIEVE } = this.lexer;
    inBuckets().forEach((anchors, bucket) => {
      memory[RANGES.value + 2 * bucket] = anchors[0]?.index ?? 0;
      memory[RANGES.value + 2 * bucket + 1] = (anchors.at(-1)?.index ?? -1) + 1;
      for (const { anchor, index } of anchors) {
        const fingerprint = fingerprintOf(anchor);
        for (let i = 0; i < FINGERPRINT; i++) {
          memory[TABLES.value + i * 16 + (fingerprint.charCodeAt(i) & 15)]! |= 1 << bucket;
        }
        memory[SIEVE.value + sieveIndex(fingerprint)] = 1;
        const entry = list.value + index * ENTRY;
        memory[entry] = anchor.rare;
        memory[entry + 1] = anchor.text.length;
        for (let i = 0; i < anchor.text.length; i++) memory[entry + 2 + i] = anchor.text.charCodeAt(i);
      }
    });
  }
}
