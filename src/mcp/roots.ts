/** The folders an agent may read, and nothing else: a model may have been told what to open by a stranger. */
import { realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { visibleLine } from "../export/visible.ts";
import { Refusal } from "./answer.ts";
import type { McpWords } from "./words.ts";

/** Longer than any path a file system takes. */
const LONGEST = 4096;

export class Roots {
  /** `folders` are absolute, their symbolic links resolved. */
  private constructor(readonly folders: readonly string[]) {}

  /** Undefined and the folder's name when one of them is no folder. */
  static open(names: readonly string[]): Roots | { readonly bad: string } {
    const folders: string[] = [];
    for (const name of names) {
      try {
        const folder = realpathSync(name);
        if (!statSync(folder).isDirectory()) return { bad: name };
        folders.push(folder);
      } catch {
        return { bad: name };
      }
    }
    return new Roots(folders);
  }

  /**
   * The absolute path of a file or, where `folder` allows it, a folder below a root, symbolic links resolved. A
   * relative path counts from the first root. Throws a Refusal for all else; of what lies outside, it does not tell
   * whether it is there.
   */
  resolve(given: string, w: McpWords, kind: "file" | "any" = "file"): string {
    const shown = visibleLine(given.slice(0, LONGEST));
    const refuse = () => new Refusal(w.outside(shown, this.folders.map(visibleLine).join(", ")));
    if (given.length > LONGEST || given.includes("\0")) throw refuse();
    const wanted = resolve(this.folders[0]!, given);
    // By its words first, so that a path outside is never touched.
    if (!this.holds(wanted)) throw refuse();
    let path: string;
    try {
      path = realpathSync(wanted);
    } catch {
      throw new Refusal(w.missing(shown));
    }
    if (!this.holds(path)) throw refuse();
    const stats = statSync(path);
    // A pipe or a device would be waited for without end.
    if (!stats.isFile() && !(kind === "any" && stats.isDirectory())) throw new Refusal(w.notAFile(shown));
    return path;
  }

  /** A path as it is told: relative to the root that holds it. */
  shown(path: string): string {
    const root = this.folders.find((folder) => inside(path, folder));
    return root === undefined ? path : relative(root, path) || ".";
  }

  private holds(path: string): boolean {
    return this.folders.some((folder) => inside(path, folder));
  }
}

function inside(path: string, folder: string): boolean {
  const rest = relative(folder, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}
