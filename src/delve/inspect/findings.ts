/** What was read out of a core: facts, no opinion. What could not be read is absent. */
import type { GoBuild } from "../../binary/go-build.ts";

export interface CoreFindings {
  /** Of the program in the core, as the binary tells. */
  readonly build?: GoBuild;
  readonly pid?: number;
  readonly commandLine?: string;
  readonly reason: CoreReason;
  /** Absent where no goroutine ran on the thread, as at a deadlock. */
  readonly goroutine?: number;
  readonly thread?: number;
  /** The runtime's number of that thread, where a goroutine ran on it. */
  readonly m?: number;
  /** The faulting thread's stack without what the crash handling put on top; the first frame is the fault's. */
  readonly stack: readonly CoreFrame[];
  /** The stack of the Go side where the fault is in native code. */
  readonly goStack?: readonly CoreFrame[];
  /** Index in `stack` (or `goStack`) of the frame to look at, with its variables. */
  readonly look?: LookFrame;
  /** The user frames that called it, with their variables: often they still know what the first one has lost. */
  readonly callers: readonly LookFrame[];
  readonly goroutines: GoroutineSurvey;
  readonly waits: readonly WaitedFor[];
  readonly memory: MemoryFigures;
  /** C frames as gdb sees them. */
  readonly native?: readonly NativeFrame[];
  /** What glibc said before it called abort. */
  readonly aborted?: string;
  /** Sentences about what could not be read; words of the messages' `gaps`. */
  readonly gaps: readonly Gap[];
}

export type Gap =
  | "stripped"
  | "go-in-library"
  | "other-libraries"
  | "optimized"
  | "no-goroutines"
  | "survey-cut"
  | "no-stack"
  | "cut-core";

export type CoreReason =
  | { readonly kind: "panic"; readonly panics: readonly CorePanic[]; readonly signal?: FaultSignal }
  | { readonly kind: "fatal"; readonly message: string; readonly signal?: FaultSignal }
  /** The message of a fatal error could not be read; the function that found it is known. */
  | { readonly kind: "fatal-unread"; readonly by: string }
  | { readonly kind: "signal"; readonly signal: FaultSignal; readonly inCgo: boolean }
  /** The process ended itself by SIGABRT, and nothing that can be read tells why. */
  | { readonly kind: "unread"; readonly signal: FaultSignal }
  /** A dump of a process that had not failed. */
  | { readonly kind: "none" };

export interface CorePanic {
  /** As the runtime prints it; of a value it prints by address only, the value itself. */
  readonly value: string;
  /** Dynamic type of a value that is printed with it: neither a string, nor an error, nor of a predeclared type. */
  readonly type?: string;
  /** Where a value lies that the runtime prints by address. */
  readonly address?: string;
  readonly recovered: boolean;
  /** The panic after it has the same value, and is not printed. */
  readonly repanicked: boolean;
  readonly goexit: boolean;
}

export interface FaultSignal {
  readonly number: number;
  /** `SIGSEGV` */
  readonly name: string;
  readonly code?: number;
  readonly address?: string;
  readonly pc?: string;
  /** Bytes at the pc, of an instruction that the processor refused. */
  readonly instruction?: readonly number[];
}

export interface CoreFrame {
  /** Delve's number of the frame in its goroutine's stack, for evaluations; -1 for a frame that gdb alone sees. */
  readonly index: number;
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
  readonly pc: string;
  /** Of the pc in its function. */
  readonly offset?: number;
  readonly native: boolean;
  /** The argument words as the runtime prints them; `_` for those that cannot be read. */
  readonly args?: string;
}

export interface LookFrame {
  readonly frame: CoreFrame;
  /** Whether the frame is the user's own code; else nothing better was there. */
  readonly user: boolean;
  readonly args: readonly CoreValue[];
  readonly locals: readonly CoreValue[];
}

export interface CoreValue {
  readonly name: string;
  readonly type: string;
  /** As Go would write it, shortened. */
  readonly text: string;
  /** Why there is no value. */
  readonly unreadable?: string;
}

export interface GoroutineSurvey {
  /** All there were, ended ones included where the runtime keeps their records; from the runtime itself. */
  readonly total?: number;
  /** Those looked at. */
  readonly listed: number;
  /** By place, creator and wait reason; the largest first. */
  readonly groups: readonly CoreGroup[];
}

/** How many of those looked at had not ended. */
export function livingIn({ groups }: GoroutineSurvey): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

export interface CoreGroup {
  readonly count: number;
  readonly state: string;
  /** At most 100. */
  readonly ids: readonly number[];
  readonly createdBy?: { readonly function: string; readonly file: string; readonly line: number };
  /** One member's stack. */
  readonly stack: readonly CoreFrame[];
  /** The runtime's own housekeeping. */
  readonly system: boolean;
}

/** A lock or channel that goroutines wait for. */
export interface WaitedFor {
  readonly kind: "mutex" | "rwmutex" | "channel" | "other";
  readonly address: string;
  /** Goroutines asked that wait for it; there may be more where `atLeast` is set, of a group too large to ask all. */
  readonly waiting: number;
  readonly atLeast: boolean;
  readonly ids: readonly number[];
  readonly state: string;
  /** How a frame's variables reach it: `shared.mu in main.main`. */
  readonly name?: { readonly path: string; readonly function: string };
  /** `state=3 (locked, starving)`; readers; length and capacity. */
  readonly detail?: LockDetail;
  /** Those whose deferred Unlock is still to come; nobody where it was not deferred. */
  readonly holders?: readonly LockHolder[];
}

export interface LockHolder {
  readonly goroutine: number;
  readonly mode: "write" | "read";
  /** The function that deferred the Unlock, and where it stands. */
  readonly function: string;
  readonly file?: string;
  readonly line?: number;
}

export type LockDetail =
  | { readonly locked: boolean; readonly waiters: number; readonly starving: boolean }
  | { readonly readers: number; readonly writerWaits: boolean; readonly writerHolds: boolean }
  | { readonly length: number; readonly capacity: number; readonly closed: boolean };

/** Bytes, but for the counts. */
export interface MemoryFigures {
  readonly heapLive?: number;
  readonly heapInUse?: number;
  readonly heapFree?: number;
  readonly heapReleased?: number;
  readonly stacksInUse?: number;
  readonly memoryLimit?: number;
  readonly gcPercent?: number;
  readonly collections?: number;
  readonly gcRunning?: boolean;
  readonly threads?: number;
  readonly maxProcs?: number;
}

export interface NativeFrame {
  readonly function: string;
  readonly args?: string;
  readonly file?: string;
  readonly line?: number;
  /** The file it was loaded from, where no source line is known. */
  readonly library?: string;
  readonly pc?: string;
}
