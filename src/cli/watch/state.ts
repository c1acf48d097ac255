/** What a watch remembers over restarts: how far each file was read, and what was counted. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { visibleLine } from "../../export/visible.ts";
import { UserError } from "../fail.ts";
import type { SavedPlaces } from "../input/places.ts";
import { openError, reason } from "../input/read.ts";
import type { CliMessages } from "../messages/index.ts";
import type { Fault, Others } from "./faults.ts";
import type { WatchWords } from "./words.ts";

const KIND = "golm-faultcheck watch";
const VERSION = 1;

export interface State {
  readonly places: SavedPlaces;
  /** Least recently seen first. */
  readonly faults: readonly Fault[];
  readonly folded: Others;
  readonly forgotten: Others;
  readonly bytes: Readonly<Record<string, number>>;
  readonly goroutinesDropped: number;
}

/**
 * The state of an earlier watch; undefined when there is none yet. Throws a UserError for a file that is something
 * else: it would be overwritten.
 */
export function loadState(path: string, m: CliMessages, w: WatchWords): State | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UserError(openError(visibleLine(path), failure, m));
  }
  try {
    const { kind, version, state } = JSON.parse(text) as { kind: string; version: number; state: State };
    if (kind === KIND && version === VERSION && isState(state)) return state;
  } catch {
    // Said below.
  }
  throw new UserError(w.notAState(visibleLine(path)));
}

function isState(state: State): boolean {
  return (
    typeof state?.places?.files === "object" &&
    typeof state.places.names === "object" &&
    Array.isArray(state.faults) &&
    state.faults.every((fault) => typeof fault?.fingerprint === "string" && fault.count > 0) &&
    typeof state.folded?.count === "number" &&
    typeof state.forgotten?.count === "number" &&
    typeof state.bytes === "object"
  );
}

/** Writes the state whole or not at all. Returns a sentence when it could not. */
export function saveState(path: string, state: State, w: WatchWords): string | undefined {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(temporary, "w", 0o600);
    try {
      writeSync(descriptor, `${JSON.stringify({ kind: KIND, version: VERSION, state })}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
    return undefined;
  } catch (failure) {
    rmSync(temporary, { force: true });
    return w.stateNotSaved(visibleLine(path), visibleLine(reason(failure)));
  }
}
