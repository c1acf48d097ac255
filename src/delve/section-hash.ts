/** Compares parts of binaries without holding them. */
import { createHash } from "node:crypto";
import type { ByteSource } from "../binary/byte-source.ts";
import { type ElfSection, sectionSource } from "../binary/elf.ts";

/** SHA-256 of a section's bytes, read in pieces; undefined when the file does not hold them all. */
export function sectionHash(source: ByteSource, section: ElfSection): string | undefined {
  const part = sectionSource(source, section);
  if (part.size !== section.size) return undefined;
  const hash = createHash("sha256");
  const PIECE = 1 << 20;
  for (let at = 0; at < part.size; at += PIECE) hash.update(part.read(at, PIECE));
  return hash.digest("hex");
}
