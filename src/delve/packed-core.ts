/**
 * Cores as handlers keep them: packed by systemd-coredump, or inside of an Apport report. Unpacked into a file with
 * holes. Sources: coredump.conf(5), apport's problem_report.py (RFC 822 fields, binary ones base64 by line, of which
 * the pieces together are gzip, and of newer ones zstd).
 */
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { openSource } from "../binary/file-source.ts";
import { Lz4Decoder } from "./lz4.ts";
import { DelveProblem } from "./problem.ts";

export type CorePacking = "zstd" | "lz4" | "gzip" | "xz" | "apport";

const MAGICS: readonly (readonly [CorePacking, readonly number[]])[] = [
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["lz4", [0x04, 0x22, 0x4d, 0x18]],
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["apport", [...Buffer.from("ProblemType: Crash\n")]],
];

/** By the first bytes; undefined for everything else. Never throws. */
export function packingOf(path: string): CorePacking | undefined {
  try {
    const source = openSource(path);
    const head = source.read(0, 32);
    source.close();
    return packingIn(head);
  } catch {
    return undefined;
  }
}

function packingIn(head: Uint8Array): CorePacking | undefined {
  return MAGICS.find(([, magic]) => magic.every((byte, at) => head[at] === byte))?.[0];
}

/**
 * Writes the core a file holds packed to `target`, which only its owner can read and which must not be there yet.
 * Throws a DelveProblem and leaves no file then.
 */
export async function unpackCore(
  path: string,
  target: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const packing = packingOf(path);
  if (packing === undefined) throw new DelveProblem("notACore", path);
  if (packing === "xz") throw new DelveProblem("corePackedXz", path);
  const file = await open(target, "wx", 0o600).catch((failure: NodeJS.ErrnoException) => {
    throw new DelveProblem("notUnpacked", path, target, failure.code ?? failure.message);
  });
  const sparse = new SparseFile(file);
  try {
    const stages = packing === "apport" ? [new CoreDumpField(), new Unpacker()] : [new Unpacker()];
    await pipeline([createReadStream(path), ...stages, sparse.stream()], signal ? { signal } : {});
    await sparse.finish();
  } catch (failure) {
    await rm(target, { force: true });
    if ((failure as Error).name === "AbortError") throw new DelveProblem("cancelled", path);
    throw new DelveProblem("notUnpacked", path, target, (failure as Error).message);
  } finally {
    await file.close();
  }
}

const PAGE = 4096;

/** A file in which pages of zeros are holes: a core is mostly of these. */
class SparseFile {
  private size = 0;

  constructor(private readonly file: FileHandle) {}

  stream(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.write(chunk).then(() => done(), done);
      },
    });
  }

  private async write(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const zeros = isZero(chunk, at);
      let end = Math.min(at + PAGE, chunk.length);
      while (end < chunk.length && isZero(chunk, end) === zeros) end = Math.min(end + PAGE, chunk.length);
      if (!zeros) await this.file.write(chunk, at, end - at, this.size + at);
      at = end;
    }
    this.size += chunk.length;
  }

  async finish(): Promise<void> {
    await this.file.truncate(this.size);
  }
}

function isZero(chunk: Buffer, at: number): boolean {
  const end = Math.min(at + PAGE, chunk.length);
  return chunk.compare(ZEROS, 0, end - at, at, end) === 0;
}

const ZEROS = Buffer.alloc(PAGE);

/** The bytes of an Apport report's CoreDump. */
class CoreDumpField extends Transform {
  private rest = "";
  private inside = false;
  private seen = false;

  override _transform(chunk: Buffer, _encoding: string, done: (failure?: Error) => void): void {
    this.rest += chunk.toString("latin1");
    for (let end = this.rest.indexOf("\n"); end >= 0; end = this.rest.indexOf("\n")) {
      this.line(this.rest.slice(0, end));
      this.rest = this.rest.slice(end + 1);
    }
    // Apport writes a line for each 128 KiB it packs.
    done(this.rest.length > LONGEST_LINE ? new Error("a line is too long") : undefined);
  }

  override _flush(done: (failure?: Error) => void): void {
    this.line(this.rest);
    done(this.seen ? undefined : new Error("it has no CoreDump"));
  }

  private line(line: string): void {
    if (line.startsWith(" ")) {
      if (this.inside) this.push(Buffer.from(line.slice(1), "base64"));
      return;
    }
    this.inside = line === "CoreDump: base64";
    this.seen ||= this.inside;
  }
}

const LONGEST_LINE = 64 << 20;

/** gzip, zstd or LZ4, told by the first bytes. */
class Unpacker extends Transform {
  private decoder: { push(chunk: Buffer): void | Promise<void>; end(): void | Promise<void> } | undefined;

  override _transform(chunk: Buffer, _encoding: string, done: (failure?: Error) => void): void {
    this.feed(chunk).then(() => done(), done);
  }

  override _flush(done: (failure?: Error) => void): void {
    Promise.resolve(this.decoder?.end()).then(() => done(), done);
  }

  private async feed(chunk: Buffer): Promise<void> {
    if (chunk.length === 0) return;
    this.decoder ??= await decoderOf(packingIn(chunk), (data) => this.push(data));
    await this.decoder.push(chunk);
  }
}

type Give = (data: Uint8Array) => void;

async function decoderOf(packing: CorePacking | undefined, give: Give) {
  switch (packing) {
    case "lz4":
      return new Lz4Decoder(give);
    case "gzip":
      return nodeDecoder(zlib.createGunzip(), give);
    case "zstd":
      return zstdDecoder(give);
    default:
      throw new Error("it is packed in a way that is not known");
  }
}

/** node:zlib knows zstd from Node 22.15 and 23.8 on; before, a decoder in JavaScript does it. */
async function zstdDecoder(give: Give) {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress) return nodeDecoder(createZstdDecompress(), give);
  const { Decompress } = await import("fzstd");
  const decoder = new Decompress((data) => {
    if (data.length > 0) give(data.slice());
  });
  return {
    // In small steps: one may unpack to ten thousand times its size. A copy, because the decoder keeps it.
    push(chunk: Buffer) {
      for (let at = 0; at < chunk.length; at += PAGE)
        decoder.push(Uint8Array.from(chunk.subarray(at, at + PAGE)));
    },
    end: () => decoder.push(new Uint8Array(0), true),
  };
}

function nodeDecoder(decoder: Transform, give: Give) {
  decoder.on("data", give);
  const ended = new Promise<void>((resolve, reject) => {
    decoder.once("end", resolve);
    decoder.once("error", reject);
  });
  ended.catch(() => {});
  return {
    push: (chunk: Buffer) =>
      Promise.race([new Promise<void>((done) => decoder.write(chunk, () => done())), ended]),
    end() {
      decoder.end();
      return ended;
    },
  };
}

/** Fields of an Apport report that stand before its core. Never throws. */
export function apportFields(path: string): {
  readonly program?: string;
  readonly pid?: number;
  readonly signal?: string;
} {
  try {
    const source = openSource(path);
    const text = Buffer.from(source.read(0, APPORT_HEAD)).toString("utf8");
    source.close();
    const field = (name: string) => new RegExp(`^${name}: (.{1,4096})$`, "m").exec(text)?.[1];
    const program = field("ExecutablePath");
    const signal = field("Signal");
    const pid = /^Pid:\t(\d{1,10})$/m.exec(text.replaceAll("\n ", "\n"))?.[1];
    return { ...(program && { program }), ...(signal && { signal }), ...(pid && { pid: Number(pid) }) };
  } catch {
    return {};
  }
}

/** Binary fields come last; what stands before is a few KiB. */
const APPORT_HEAD = 1 << 18;
