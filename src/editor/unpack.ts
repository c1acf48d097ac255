/**
 * The files inside what people hand over: gzip, zstd, tar and zip, one within the other. Pure: what unpacks is in every
 * browser and in Node. Everything is bounded, because an archive may lie about its size.
 */

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Limits {
  /** Bytes of all members together. */
  readonly bytes: number;
  readonly members: number;
}

const DEEPEST = 3;
const TAR_BLOCK = 512;

/** Members of a file, or the file itself when it is no archive. Broken archives give what could be read. */
export async function* membersOf(name: string, bytes: Uint8Array, limits: Limits): AsyncGenerator<Member> {
  const left = { bytes: limits.bytes, members: limits.members };
  yield* unpacked({ name, bytes }, left, 0);
}

async function* unpacked(
  file: Member,
  left: { bytes: number; members: number },
  depth: number,
): AsyncGenerator<Member> {
  if (left.members <= 0 || left.bytes <= 0) return;
  const inner = depth < DEEPEST ? opened(file, left) : undefined;
  if (!inner) {
    left.members--;
    left.bytes -= file.bytes.length;
    yield file;
    return;
  }
  for await (const member of inner) yield* unpacked(member, left, depth + 1);
}

function opened(
  file: Member,
  left: { readonly bytes: number },
): AsyncIterable<Member> | Iterable<Member> | undefined {
  const { bytes, name } = file;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return decompressed(name, bytes, "gzip", left.bytes);
  if (begins(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return zstd(name, bytes, left.bytes);
  if (begins(bytes, [0x50, 0x4b, 3, 4])) return zipMembers(bytes, left);
  if (latin1(bytes, 257, 5) === "ustar") return tarMembers(bytes);
  return undefined;
}

async function* decompressed(
  name: string,
  bytes: Uint8Array,
  format: "gzip" | "deflate-raw",
  limit: number,
): AsyncGenerator<Member> {
  const inner = name.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "");
  yield { name: inner, bytes: await inflate(bytes, format, limit) };
}

async function inflate(
  bytes: Uint8Array,
  format: "gzip" | "deflate-raw",
  limit: number,
): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream(format)).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk = value.subarray(0, limit - length);
      chunks.push(chunk);
      length += chunk.length;
      if (length >= limit) {
        await reader.cancel();
        break;
      }
    }
  } catch {
    // Cut or broken: what came before counts.
  }
  return joined(chunks, length);
}

async function* zstd(name: string, bytes: Uint8Array, limit: number): AsyncGenerator<Member> {
  const { Decompress } = await import("fzstd");
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Decompress((chunk) => {
      const part = chunk.slice(0, limit - length);
      chunks.push(part);
      length += part.length;
      if (length >= limit) throw new Error("limit");
    });
    stream.push(bytes, true);
  } catch {
    // Cut, broken or too long: what came before counts.
  }
  yield { name: name.replace(/\.zst$/i, ""), bytes: joined(chunks, length) };
}

/** Sources: POSIX pax, ustar. Long names of GNU and pax headers are passed over: the short one is shown. */
function* tarMembers(bytes: Uint8Array): Generator<Member> {
  for (let at = 0; at + TAR_BLOCK <= bytes.length; ) {
    const name = text(bytes, at, 100);
    if (name === "") return;
    const size = Number.parseInt(latin1(bytes, at + 124, 11).trim() || "0", 8);
    if (!Number.isSafeInteger(size) || size < 0) return;
    const type = bytes[at + 156];
    const start = at + TAR_BLOCK;
    if (type === 0 || type === 48) yield { name, bytes: bytes.subarray(start, start + size) };
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}

const ZIP_END = 0x06054b50;
const ZIP_ENTRY = 0x02014b50;

/** Source: PKWARE APPNOTE 6.3, without zip64 and encryption. */
async function* zipMembers(bytes: Uint8Array, left: { readonly bytes: number }): AsyncGenerator<Member> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zipEnd(view);
  if (end < 0) return;
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0 && at + 46 <= bytes.length; count--) {
    if (view.getUint32(at, true) !== ZIP_ENTRY) return;
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = text(bytes, at + 46, nameLength);
    const local = view.getUint32(at + 42, true);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (name.endsWith("/") || local + 30 > bytes.length) continue;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(start, start + packed);
    if (method === 0) yield { name, bytes: data };
    else if (method === 8) yield { name, bytes: await inflate(data, "deflate-raw", left.bytes) };
  }
}

function zipEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === ZIP_END) return at;
  return -1;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function begins(bytes: Uint8Array, head: readonly number[]): boolean {
  return bytes.length >= head.length && head.every((byte, index) => bytes[index] === byte);
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length)).replace(/\0.*$/s, "");
}

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
