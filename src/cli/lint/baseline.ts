/** The findings of old code, in a file: they are not shown again, new ones are. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { LintFinding } from "../../golint/rule.ts";
import { UserError } from "../fail.ts";
import type { LintWords } from "./words.ts";

interface Entry {
  readonly rule: string;
  /** Relative to the baseline's folder, with forward slashes. */
  readonly file: string;
  /** Of the line's text, so that edits elsewhere in the file do not matter. */
  readonly fingerprint: string;
}

export class Baseline {
  private readonly known: Set<string>;
  private readonly folder: string;

  private constructor(path: string, entries: readonly Entry[]) {
    this.folder = dirname(resolve(path));
    this.known = new Set(entries.map(keyOf));
  }

  /** Throws a UserError where the file is missing or none of ours. */
  static read(path: string, words: LintWords): Baseline {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch {
      throw new UserError(words.baselineMissing(path));
    }
    try {
      const { findings } = JSON.parse(text) as { findings: Entry[] };
      return new Baseline(
        path,
        findings.map(({ rule, file, fingerprint }) => ({ rule, file, fingerprint })),
      );
    } catch {
      throw new UserError(words.baselineBroken(path));
    }
  }

  holds(path: string, finding: LintFinding): boolean {
    return this.known.has(keyOf(entryOf(this.folder, path, finding)));
  }
}

export function writeBaseline(
  path: string,
  found: readonly { readonly path: string; readonly finding: LintFinding }[],
): void {
  const folder = dirname(resolve(path));
  const entries = found.map(({ path: file, finding }) => entryOf(folder, file, finding));
  const lines = entries.map((entry) => JSON.stringify(entry)).sort();
  writeFileSync(path, `{"version":1,"findings":[\n${lines.join(",\n")}\n]}\n`);
}

function entryOf(folder: string, path: string, { rule, fingerprint }: LintFinding): Entry {
  return { rule, file: relative(folder, path).split(sep).join("/"), fingerprint };
}

const keyOf = ({ rule, file, fingerprint }: Entry): string => `${rule}\n${file}\n${fingerprint}`;
