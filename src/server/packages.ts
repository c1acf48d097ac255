/** The packages that open files belong to: what is on disk, beneath what the editor holds. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import {
  type BuildContext,
  type GoParser,
  type Headers,
  isBuilt,
  isGenerated,
  type SourceFile,
  type SyntaxTree,
} from "../golint/index.ts";
import { forgetModules, headOf, LARGEST_FILE, moduleOf, readSource } from "../goworkspace/find.ts";
import { headersOf } from "../goworkspace/headers.ts";
import type { OpenFile } from "./open-file.ts";

/** Characters in which a generated file says so. */
const HEAD = 1 << 14;

export interface PackageFiles {
  /** Minor Go version of the module. */
  readonly minor: number;
  readonly files: readonly SourceFile[];
  readonly headers?: Headers;
}

/** A file on disk, parsed when first needed and kept while its text is. */
class DiskFile implements SourceFile {
  private parsed: SyntaxTree | undefined;

  constructor(
    readonly name: string,
    readonly text: string,
    /** Of the file as it was read: when it is another, so is the text. */
    readonly stamp: string,
    private readonly parser: GoParser,
  ) {}

  get tree(): SyntaxTree {
    this.parsed ??= this.parser.parse(this.text);
    return this.parsed;
  }

  dispose(): void {
    this.parsed?.dispose();
  }
}

interface Folder {
  readonly files: ReadonlyMap<string, DiskFile>;
  readonly headers: Headers;
  /** Changes whenever a file does. */
  readonly stamp: number;
}

export class Packages {
  private readonly folders = new Map<string, Folder>();
  private stamps = 0;

  constructor(private readonly parser: GoParser) {}

  /** The files of the package that `file` belongs to; undefined where it is not to be checked. */
  of(file: OpenFile, open: Iterable<OpenFile>, context: BuildContext): PackageFiles | undefined {
    const { path, text } = file;
    if (path === undefined) return { minor: context.minor, files: [file] };
    const folder = dirname(path);
    if (text.length > LARGEST_FILE || isOthers(path) || !isChecked(path, text, context)) return undefined;
    const name = packageName(text);
    const over = new Map(
      [...open].filter((o) => o.path && dirname(o.path) === folder).map((o) => [o.path!, o]),
    );
    const all = new Map<string, SourceFile>([...this.folder(folder).files, ...over]);
    const files = [...all.values()].filter(
      (other) =>
        other === file ||
        (packageName(other.text) === name && isBuilt(basename(other.name), headOf(other.text), context)),
    );
    return { minor: moduleOf(folder)?.minor ?? context.minor, files, headers: this.folder(folder).headers };
  }

  /** Changes whenever what `of` gives for a file of this folder may have. */
  stampOf(path: string | undefined): number {
    return path === undefined ? 0 : this.folder(dirname(path)).stamp;
  }

  private folder(path: string): Folder {
    const known = this.folders.get(path);
    if (known) return known;
    const read = this.read(path, undefined);
    this.folders.set(path, read);
    return read;
  }

  /** Reads what changed on disk since the folder was last read. True when something did. */
  refresh(folder: string): boolean {
    const old = this.folders.get(folder);
    if (!old) return false;
    const now = this.read(folder, old);
    this.folders.set(folder, now);
    return now.stamp !== old.stamp;
  }

  private read(folder: string, old: Folder | undefined): Folder {
    const files = new Map<string, DiskFile>();
    for (const name of goFiles(folder)) {
      const path = join(folder, name);
      const stamp = stampOf(path);
      const known = old?.files.get(path);
      if (known && known.stamp === stamp) files.set(path, known);
      else {
        const source = readSource(path, { onProblem: () => {} });
        if (source) files.set(path, new DiskFile(path, source.text, stamp, this.parser));
      }
    }
    const same = old && old.files.size === files.size && [...files].every(([p, f]) => old.files.get(p) === f);
    if (same) return old;
    for (const [path, file] of old?.files ?? []) if (files.get(path) !== file) file.dispose();
    return { files, headers: old?.headers ?? headersOf(folder), stamp: ++this.stamps };
  }

  /** Lets go of folders in which nothing is open any more. */
  keep(folders: ReadonlySet<string>): void {
    for (const [path, folder] of this.folders) {
      if (folders.has(path)) continue;
      for (const file of folder.files.values()) file.dispose();
      this.folders.delete(path);
    }
  }

  /** To be called when a go.mod or go.work changed. */
  forgetModules(): void {
    forgetModules();
    this.renew();
  }

  /** To be called when what no file of a folder shows has changed: modules, C headers. */
  renew(): void {
    for (const [path, folder] of this.folders) this.folders.set(path, { ...folder, stamp: ++this.stamps });
  }
}

function goFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".go"));
  } catch {
    // Gone, or not to be read: the open file is checked alone.
    return [];
  }
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "";
  }
}

function isChecked(path: string, text: string, context: BuildContext): boolean {
  return isBuilt(basename(path), headOf(text), context) && !isGenerated(text.slice(0, HEAD));
}

/** Code that was copied here and is mended elsewhere: vendored, in the module cache, Go's own. */
function isOthers(path: string): boolean {
  const folders = dirname(path).split(sep);
  if (folders.includes("vendor") || folders.includes("node_modules")) return true;
  const cached = folders.findIndex((name, at) => name === "mod" && folders[at - 1] === "pkg");
  if (cached >= 0 && folders.slice(cached).some((name) => name.includes("@"))) return true;
  const module = moduleOf(dirname(path))?.module;
  return module === "std" || module === "cmd";
}

const packageName = (text: string): string => /^package\s+(\w+)/m.exec(text.slice(0, 1 << 20))?.[1] ?? "";
