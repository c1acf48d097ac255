/** Records of `golm-faultcheck exec`, as an editor reads them. */
import type { RunRecord } from "../recorder/record.ts";

/** What a record holds beside the crash texts: addresses, for as long as the recorder keeps them. */
export interface Kept {
  readonly folder: string;
  readonly program?: string;
  readonly core?: string;
}

/** A record without what an editor has no use for. Files are names in its folder. */
export interface RecordRead {
  /** Name of the program, for people. */
  readonly label: string;
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly begun: number;
  readonly texts: readonly string[];
  /** Where nothing was printed: the line by which `go` tells of it. */
  readonly said?: string;
  readonly program?: string;
  readonly core?: string;
}

/** Signals of faults in the words of Go. Source: go1.26 syscall/zerrors_linux_amd64.go. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGILL: "illegal instruction",
  SIGSEGV: "segmentation fault",
  SIGSYS: "bad system call",
  SIGTRAP: "trace/breakpoint trap",
};

const NAME = /^\d{14}-\d+$/;
const TEXTS = 64;

/** Whether a folder's name is that of a whole record: drafts and strangers have others. */
export function isRecordName(name: string): boolean {
  return NAME.test(name);
}

/** `record.json`; undefined when it is none, or names a file outside of its folder. Never throws. */
export function parseRecord(text: string): RecordRead | undefined {
  let value: Partial<RunRecord> | null;
  try {
    value = JSON.parse(text) as Partial<RunRecord> | null;
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || value.format !== 1) return undefined;
  const { program, core, cwd, begun, texts, signal } = value;
  const whole =
    typeof program?.path === "string" &&
    typeof cwd === "string" &&
    Number.isFinite(begun) &&
    Array.isArray(texts) &&
    texts.length <= TEXTS &&
    [...texts, program.kept, core?.kept].every((name) => name === undefined || isPlainName(name));
  if (!whole) return undefined;
  const died =
    texts.length === 0 && typeof signal === "string" && Object.hasOwn(SIGNALS, signal)
      ? SIGNALS[signal]
      : undefined;
  return {
    label: program.path.split(/[\\/]/).at(-1)!,
    cwd,
    begun: begun!,
    texts,
    ...(died !== undefined && { said: `signal: ${died}${core ? " (core dumped)" : ""}\n` }),
    ...(program.kept !== undefined && { program: program.kept }),
    ...(core?.kept !== undefined && { core: core.kept }),
  };
}

function isPlainName(name: unknown): boolean {
  return typeof name === "string" && /^[^\\/\0]+$/.test(name) && !/^\.\.?$/.test(name);
}

/** Names of records not taken yet, the oldest first. */
export function untaken(names: Iterable<string>, taken: ReadonlySet<string>): string[] {
  return [...names].filter((name) => isRecordName(name) && !taken.has(name)).sort();
}
