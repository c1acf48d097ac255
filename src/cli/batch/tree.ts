/** The logs below folders, in the order they were written: the same on every machine. */
import { readdirSync, statSync } from "node:fs";
import { visibleLine } from "../../export/visible.ts";
import { openError } from "../input/read.ts";
import type { CliMessages } from "../messages/index.ts";

/** An input of a run. */
export interface Entry {
  readonly name: string;
  /** Bytes of a regular file, packed as they are; undefined for all else. */
  readonly size?: number;
  /** Found in a folder, and not named by the user. */
  readonly found: boolean;
}

export interface Failure {
  readonly name: string;
  readonly error: string;
}

export interface Entries {
  readonly entries: readonly Entry[];
  /** Folders that could not be read, with a sentence each. */
  readonly failures: readonly Failure[];
}

/**
 * The inputs as named, folders replaced by the regular files in and below them. Hidden names and symbolic links in
 * them are passed over: the first are no logs, the second lead anywhere.
 */
export function entriesOf(names: readonly string[], m: CliMessages): Entries {
  const entries: Entry[] = [];
  const failures: Failure[] = [];
  for (const name of names) {
    const stats = name === "-" ? undefined : statSync(name, { throwIfNoEntry: false });
    if (stats?.isDirectory()) entries.push(...below(name, failures, m));
    else entries.push({ name, found: false, ...(stats?.isFile() && { size: stats.size }) });
  }
  return { entries, failures };
}

function below(root: string, failures: Failure[], m: CliMessages): Entry[] {
  const files: Entry[] = [];
  const folders = [root.replace(/(?<=.)[\\/]+$/, "")];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.name.startsWith(".")) continue;
        const name = folder === "/" ? `/${entry.name}` : `${folder}/${entry.name}`;
        if (entry.isDirectory()) folders.push(name);
        else if (entry.isFile())
          files.push({ name, found: true, size: statSync(name, { throwIfNoEntry: false })?.size ?? 0 });
      }
    } catch (failure) {
      failures.push({ name: visibleLine(folder), error: openError(visibleLine(folder), failure, m) });
    }
  }
  const keyed = files.map((file) => ({ file, key: rotationOf(file.name) }));
  return keyed.sort((a, b) => byAge(a.key, b.key)).map(({ file }) => file);
}

interface Rotation {
  readonly name: string;
  readonly folder: string;
  /** The name all rotations of a log share. */
  readonly stem: string;
  readonly date: string;
  /** `2` of `server.log.2.gz`: the higher, the older. The log that is written now has 0. */
  readonly number: number;
}

/** `server.log`, `server.log.2.gz`, `server.log-20261125.zst`, `server-2026-11-25T19-00-00.000.log`. */
export function rotationOf(name: string): Rotation {
  const slash = name.lastIndexOf("/") + 1;
  let stem = name.slice(slash).replace(/\.(?:gz|zst|zstd|bz2|xz)$/i, "");
  let date = "";
  stem = stem.replace(
    /[-._]?((?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[-_T]?\d\d)*(?:\.\d{3,9})?)/,
    (_, found: string) => {
      date = found;
      return "";
    },
  );
  let number = 0;
  stem = stem.replace(/[.-](\d{1,5})(?=\.log$|$)/, (_, found: string) => {
    number = Number(found);
    return "";
  });
  return { name, folder: name.slice(0, slash), stem, date, number };
}

/** Oldest first within a log: dates upwards, the undated last; numbers downwards. */
function byAge(a: Rotation, b: Rotation): number {
  return (
    compare(a.folder, b.folder) ||
    compare(a.stem, b.stem) ||
    compare(a.date || LATEST, b.date || LATEST) ||
    b.number - a.number ||
    compare(a.name, b.name)
  );
}

const LATEST = "9999";

/** By code units: the order must not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
