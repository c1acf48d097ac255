/** Why a core was written, in words, and the place to show first; the text of the crash for a diagnosis. */
import { openBinary, openCore } from "../delve/core-file.ts";
import type { CoreInfo } from "../delve/core-notes.ts";
import { Ask } from "../delve/inspect/ask.ts";
import { crashText } from "../delve/inspect/crash-text.ts";
import type { CoreFrame, FaultSignal, CoreReason as Found } from "../delve/inspect/findings.ts";
import { findFailure, inspectCore } from "../delve/inspect/inspect.ts";
import { ringsOf } from "../delve/inspect/rings.ts";
import { signalWords } from "../delve/inspect/signals.ts";
import type { RpcClient } from "../delve/rpc.ts";
import { isUserPlace } from "./frames.ts";

export interface CoreReason {
  readonly kind: "panic" | "fatal" | "signal" | "dump";
  /** The value, the message, or the signal with its words; empty for a dump of a program that ran. */
  readonly text: string;
  readonly signal?: FaultSignal;
  /** The process ended itself, and Delve sees no reason. */
  readonly unread?: true;
  /** The goroutine to show first. */
  readonly goroutine: number;
  /** The first frame of it that is the user's. */
  readonly place?: { readonly function: string; readonly file: string; readonly line: number };
}

export interface CoreFiles {
  readonly program: string;
  readonly core: string;
}

/** Asks Delve. What the core lacks is left out; rejects only when Delve is gone. */
export async function coreReason(rpc: RpcClient, { core }: CoreFiles): Promise<CoreReason> {
  const ask = new Ask(rpc);
  const { place, reason } = await findFailure(ask, infoOf(core));
  const goroutine = place.goroutine > 0 ? place.goroutine : await firstOfUser(rpc);
  const frames = place.goroutine > 0 ? place.frames : await framesOf(rpc, goroutine);
  const first = firstUser(frames);
  return { ...worded(reason), goroutine, ...(first && { place: first }) };
}

/** How long goroutines are listed for the text: each takes Delve about 0.4 ms. */
const SURVEY_MS = 4000;

export interface LookedThrough {
  /** What the program would have printed; absent where nothing failed or Delve cannot say. */
  readonly text?: string;
  /** Goroutines that wait for one another. */
  readonly rings: readonly (readonly number[])[];
}

export async function lookThrough(rpc: RpcClient, files: CoreFiles): Promise<LookedThrough> {
  const info = infoOf(files.core);
  const binary = openBinary(files.program);
  try {
    const findings = await inspectCore({
      rpc,
      binary,
      core: files.core,
      info,
      budgetMs: SURVEY_MS,
      native: false,
    });
    const { kind } = findings.reason;
    const rings = ringsOf(findings.waits);
    return kind === "none" || kind === "unread" ? { rings } : { text: crashText(findings), rings };
  } finally {
    binary.source.close();
  }
}

function infoOf(core: string): CoreInfo {
  const { source, info } = openCore(core);
  source.close();
  return info;
}

function worded(reason: Found): Pick<CoreReason, "kind" | "text" | "signal" | "unread"> {
  switch (reason.kind) {
    case "panic": {
      const last = reason.panics.find(({ goexit }) => !goexit);
      const text = last ? (last.type === undefined ? last.value : `${last.type} ${last.value}`) : "";
      return { kind: "panic", text, ...(reason.signal && { signal: reason.signal }) };
    }
    case "fatal":
      return { kind: "fatal", text: reason.message, ...(reason.signal && { signal: reason.signal }) };
    case "fatal-unread":
      return { kind: "fatal", text: reason.by };
    case "signal":
    case "unread":
      return {
        kind: "signal",
        text: `${reason.signal.name}: ${signalWords(reason.signal.number)}`,
        signal: reason.signal,
        ...(reason.kind === "unread" && { unread: true }),
      };
    case "none":
      return { kind: "dump", text: "" };
  }
}

/** Where no goroutine was on the thread that died: at a deadlock, the first that stands in the user's code. */
async function firstOfUser(rpc: RpcClient): Promise<number> {
  const { Goroutines } = await rpc.goroutines({ count: LOOKED_AT }).catch(() => ({ Goroutines: null }));
  const list = Goroutines ?? [];
  const user = list.find(({ userCurrentLoc: { function: f, file } }) => isUserPlace(f?.name ?? "", file));
  return (user ?? list[0])?.id ?? 1;
}

const LOOKED_AT = 512;
const DEPTH = 200;

async function framesOf(
  rpc: RpcClient,
  goroutine: number,
): Promise<Pick<CoreFrame, "function" | "file" | "line">[]> {
  const frames = await rpc.stacktrace(goroutine, DEPTH).catch(() => []);
  return frames.map(({ function: f, file, line }) => ({ function: f?.name ?? "", file, line }));
}

/** A panic's deferred calls stand above it: the place is below the runtime's panic. */
function firstUser(frames: readonly Pick<CoreFrame, "function" | "file" | "line">[]): CoreReason["place"] {
  const below = frames.findLastIndex(({ function: name }) => name === "runtime.gopanic") + 1;
  const found = frames.slice(below).find(({ function: name, file }) => isUserPlace(name, file ?? ""));
  return found?.file === undefined
    ? undefined
    : { function: found.function, file: found.file, line: found.line ?? 0 };
}
