/** Opens cores and binaries by path: what their readers refuse becomes a sentence about that file. */
import { ElfError, readElf } from "../binary/elf.ts";
import { type FileSource, openSource } from "../binary/file-source.ts";
import { type CoreInfo, readCore } from "./core-notes.ts";
import { type GoBinary, readBinary } from "./go-binary.ts";
import { exceptionText } from "./inspect/windows.ts";
import { isMinidump, readMinidump } from "./minidump.ts";
import { packingOf } from "./packed-core.ts";
import { DelveProblem } from "./problem.ts";

export interface OpenCore {
  /** As the user knows it. */
  readonly path: string;
  /** Where Delve and gdb find it: elsewhere when it was packed. */
  readonly readable: string;
  readonly source: FileSource;
  readonly info: CoreInfo;
}

export interface OpenBinary {
  readonly path: string;
  readonly source: FileSource;
  readonly binary: GoBinary;
}

/** A core of any kind; `path` is the name the user knows. The caller closes `source`. Throws a DelveProblem. */
export function openCore(readable: string, path = readable): OpenCore {
  const source = openFile(readable);
  try {
    if (source.size === 0) throw new DelveProblem("emptyFile", path);
    const packing = packingOf(readable);
    if (packing) throw new DelveProblem("corePacked", path, packing);
    return { path, readable, source, info: isMinidump(source) ? readMinidump(source) : readCore(source) };
  } catch (failure) {
    source.close();
    throw coreProblem(failure, path);
  }
}

/** What Delve cannot do with a minidump, told before it is started. Throws a DelveProblem. */
export function checkMinidump({ path, info }: OpenCore): void {
  if (!info.windows) return;
  if (info.elf.arch !== "amd64") throw new DelveProblem("unsupportedCore", path);
  // Of a core of Linux Delve reads what is there.
  if (info.missing !== undefined) throw new DelveProblem("coreCut", path);
  if (!info.windows.wholeMemory) throw new DelveProblem("minidumpThin", path, exceptionText(info));
}

function coreProblem(failure: unknown, path: string): unknown {
  if (!(failure instanceof ElfError)) return failure;
  if (failure.reason === "cut") return new DelveProblem("coreCut", path);
  if (failure.reason === "not-elf" || failure.what === "type") return new DelveProblem("notACore", path);
  return new DelveProblem("coreMalformed", path, failure.what);
}

/** A binary. The caller closes `source`. Throws a DelveProblem. */
export function openBinary(path: string): OpenBinary {
  const source = openFile(path);
  try {
    if (source.size === 0) throw new DelveProblem("emptyFile", path);
    return { path, source, binary: readBinary(source) };
  } catch (failure) {
    source.close();
    if (!(failure instanceof ElfError)) throw failure;
    if (failure.reason === "not-elf") throw new DelveProblem("notABinary", path);
    throw new DelveProblem("binaryMalformed", path, failure.what);
  }
}

function openFile(path: string): FileSource {
  try {
    return openSource(path);
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? "";
    if (code === "ENOENT" || code === "ENOTDIR") throw new DelveProblem("fileMissing", path);
    if (code === "EACCES" || code === "EPERM") throw new DelveProblem("fileDenied", path);
    if (code === "EISDIR" || code === "EINVAL") throw new DelveProblem("notAFile", path);
    throw new DelveProblem("fileUnreadable", path, code || String(failure));
  }
}

/** Whether the file is a core by its first bytes, or may hold one packed, for lists of candidates. Never throws. */
export function isCore(path: string): boolean {
  const packing = packingOf(path);
  // A core in gzip is read where it is named, but not everything in gzip is one.
  if (packing !== undefined && packing !== "gzip") return true;
  let source: FileSource | undefined;
  try {
    source = openSource(path);
    return isMinidump(source) || readElf(source).type === "core";
  } catch {
    return false;
  } finally {
    source?.close();
  }
}
