/** A folder with files in it, for one test. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { guardFolder } from "./guard.ts";

export interface Workspace {
  readonly folder: string;
  /** Writes a file below the folder and returns its path. */
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
}

/** `name` is the folder's own, as the editor's title shows it. */
export function makeWorkspace(files: Readonly<Record<string, string>>, name = ""): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "golm-ws-")));
  const folder = join(root, name);
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const release = guardFolder(root);
  for (const [file, text] of Object.entries(files)) write(file, text);
  const remove = () => {
    rmSync(root, { recursive: true, force: true });
    void release();
  };
  return { folder, write, remove };
}
