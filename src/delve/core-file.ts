/** Opens cores and binaries by path: what their readers refuse becomes a sentence about that file. */
import { ElfError, readElf } from "../binary/elf.ts";
import { type FileSource, openSource } from "../binary/file-source.ts";
import { type CoreInfo, readCore } from "./core-notes.ts";
import { type GoBinary, readBinary } from "./go-binary.ts";
import { isMinidump, type Minidump, readMinidump } from "./minidump.ts";
import { DelveProblem } from "./problem.ts";

export interface OpenCore {
  readonly path: string;
  readonly source: FileSource;
  readonly info: CoreInfo;
}

export interface OpenMinidump {
  readonly path: string;
  readonly source: FileSource;
  readonly minidump: Minidump;
}

export interface OpenBinary {
  readonly path: string;
  readonly source: FileSource;
  readonly binary: GoBinary;
}

/** A core of either kind. The caller closes `source`. Throws a DelveProblem. */
export function openCore(path: string): OpenCore | OpenMinidump {
  const source = openFile(path);
  try {
    if (source.size === 0) throw new DelveProblem("emptyFile", path);
    if (isMinidump(source)) return { path, source, minidump: readMinidump(source) };
    return { path, source, info: readCore(source) };
  } catch (failure) {
    source.close();
    throw coreProblem(failure, path);
  }
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

/** Whether the file is a core by its first bytes, for lists of candidates. Never throws. */
export function isCore(path: string): boolean {
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
