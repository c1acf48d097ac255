/**
 * Windows minidumps, as far as a match with a binary needs them: architecture, exception, main module. Pure. Source:
 * minidumpapiset.h (MINIDUMP_HEADER, MINIDUMP_SYSTEM_INFO, MINIDUMP_EXCEPTION_STREAM, MINIDUMP_MODULE_LIST).
 */
import type { ByteSource } from "./byte-source.ts";
import { ElfError, Fields } from "./elf.ts";

export interface Minidump {
  /** Go's name; undefined for one Delve cannot read either. */
  readonly arch: string | undefined;
  readonly exception?: { readonly code: string; readonly address: string; readonly thread: number };
  /** Path of the first module: the program. */
  readonly program?: string;
}

const STREAM = { modules: 4, exception: 6, system: 7 } as const;
const ARCHITECTURES: Readonly<Record<number, string>> = { 0: "386", 5: "arm", 9: "amd64", 12: "arm64" };
const MOST_STREAMS = 4096;

export function isMinidump(source: ByteSource): boolean {
  return Buffer.from(source.read(0, 4)).toString("latin1") === "MDMP";
}

/** Throws an ElfError, the readers' common one, for a dump that is cut within its directory. */
export function readMinidump(source: ByteSource): Minidump {
  const header = new Fields(source.read(0, 32), 64, true);
  if (header.length < 32) throw new ElfError("cut", "header");
  const [count, directory] = [header.u32(8), header.u32(12)];
  if (count > MOST_STREAMS) throw new ElfError("malformed", "stream directory");
  const entries = new Fields(source.read(directory, count * 12), 64, true);
  if (entries.length < count * 12) throw new ElfError("cut", "stream directory");
  const stream = (type: number, size: number) => {
    for (let at = 0; at < count * 12; at += 12)
      if (entries.u32(at) === type) return new Fields(source.read(entries.u32(at + 8), size), 64, true);
    return undefined;
  };
  const [system, exception, modules] = [
    stream(STREAM.system, 8),
    stream(STREAM.exception, 40),
    stream(STREAM.modules, 32),
  ];
  const name = modules && modules.u32(0) > 0 ? moduleName(source, modules.u32(4 + 20)) : undefined;
  return {
    arch: system && ARCHITECTURES[system.u16(0)],
    ...(exception && {
      exception: {
        thread: exception.u32(0),
        code: `0x${exception.u32(8).toString(16)}`,
        address: `0x${exception.u64(24).toString(16)}`,
      },
    }),
    ...(name && { program: name }),
  };
}

const LONGEST_NAME = 65_536;

function moduleName(source: ByteSource, at: number): string | undefined {
  const length = new Fields(source.read(at, 4), 64, true).u32(0);
  if (length === 0 || length > LONGEST_NAME) return undefined;
  return Buffer.from(source.read(at + 4, length)).toString("utf16le");
}
