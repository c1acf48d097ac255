/** Tells by their first bytes what files people hand over by mistake, and what can be unpacked. */

export type Packing = "gzip" | "zstd" | "utf-16le" | "utf-16be";

/** How the bytes are packed, or undefined for plain bytes. */
export function packingOf(head: Uint8Array): Packing | undefined {
  if (begins(head, [0x1f, 0x8b])) return "gzip";
  if (begins(head, [0x28, 0xb5, 0x2f, 0xfd])) return "zstd";
  // A skippable frame may stand before the first real one (zstd format, 3.1.2).
  if (
    head.length >= 4 &&
    (head[0]! & 0xf0) === 0x50 &&
    head[1] === 0x2a &&
    head[2] === 0x4d &&
    head[3] === 0x18
  )
    return "zstd";
  // What `> file` writes in Windows PowerShell.
  if (begins(head, [0xff, 0xfe])) return "utf-16le";
  if (begins(head, [0xfe, 0xff])) return "utf-16be";
  return undefined;
}

interface Kind {
  readonly en: string;
  readonly zh: string;
  readonly core?: boolean;
  fits(head: Uint8Array): boolean;
}

const starts =
  (...bytes: number[]) =>
  (head: Uint8Array) =>
    begins(head, bytes);

const word =
  (text: string, at = 0) =>
  (head: Uint8Array) =>
    begins(
      head.subarray(at),
      [...text].map((c) => c.charCodeAt(0)),
    );

const ET_CORE = 4;

const KINDS: readonly Kind[] = [
  {
    en: "a core dump",
    zh: " core 文件",
    core: true,
    fits: (h) => word("\x7fELF")(h) && elfType(h) === ET_CORE,
  },
  { en: "an ELF executable or library", zh: " ELF 可执行文件或库", fits: word("\x7fELF") },
  { en: "a Windows minidump", zh: " Windows minidump", fits: word("MDMP") },
  { en: "a Windows executable", zh: " Windows 可执行文件", fits: (h) => word("MZ")(h) && h.includes(0) },
  { en: "a Mach-O executable", zh: " Mach-O 可执行文件", fits: starts(0xcf, 0xfa, 0xed, 0xfe) },
  { en: "a Mach-O executable", zh: " Mach-O 可执行文件", fits: starts(0xca, 0xfe, 0xba, 0xbe) },
  { en: "a WebAssembly module", zh: " WebAssembly 模块", fits: word("\0asm") },
  { en: "a PNG image", zh: " PNG 图片", fits: word("\x89PNG\r\n\x1a\n") },
  { en: "a JPEG image", zh: " JPEG 图片", fits: starts(0xff, 0xd8, 0xff) },
  { en: "a GIF image", zh: " GIF 图片", fits: word("GIF8") },
  { en: "a PDF document", zh: " PDF 文档", fits: word("%PDF-") },
  { en: "a ZIP archive; unpack it first", zh: " ZIP 压缩包，请先解压", fits: starts(0x50, 0x4b, 3, 4) },
  { en: "xz-compressed; unpack it first", zh: " xz 压缩文件，请先解压", fits: word("\xfd7zXZ\0") },
  {
    en: "bzip2-compressed; unpack it first",
    zh: " bzip2 压缩文件，请先解压",
    fits: (h) => /^BZh[1-9]1AY/.test(latin1(h, 8)),
  },
  { en: "an SQLite database", zh: " SQLite 数据库", fits: word("SQLite format 3\0") },
  {
    en: "a journald journal; print it with journalctl",
    zh: " journald 日志文件，请用 journalctl 打印",
    fits: word("LPKSHHRH"),
  },
  { en: "a tar archive; unpack it first", zh: " tar 包，请先解包", fits: word("ustar", 257) },
  { en: "a GGUF model", zh: " GGUF 模型", fits: word("GGUF") },
];

/** Share of control bytes above which nobody would call it text. */
const BINARY_SHARE = 0.1;

/** What a file is when it is no text, in both languages; undefined for text and anything like it. */
export function binaryKind(head: Uint8Array): { en: string; zh: string; core?: boolean } | undefined {
  const known = KINDS.find((kind) => kind.fits(head));
  if (known) return known;
  let control = 0;
  for (const byte of head) if (byte < 7 || (byte > 13 && byte < 27)) control++;
  if (head.length > 0 && control / head.length > BINARY_SHARE) return { en: "binary data", zh: "二进制数据" };
  return undefined;
}

function elfType(head: Uint8Array): number {
  const bigEndian = head[5] === 2;
  const low = head[bigEndian ? 17 : 16] ?? 0;
  const high = head[bigEndian ? 16 : 17] ?? 0;
  return low + (high << 8);
}

function begins(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

function latin1(head: Uint8Array, length: number): string {
  return String.fromCharCode(...head.subarray(0, length));
}
