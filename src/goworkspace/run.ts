/** Lints folders one after the other: each package is read, checked and let go before the next. */
import { dirname } from "node:path";
import {
  type BuildContext,
  GoParser,
  type LintFinding,
  lintPackage,
  PackageModel,
  type Rule,
} from "../golint/index.ts";
import { type Problem, packagesIn, resolvePatterns } from "./find.ts";
import { headersOf } from "./headers.ts";
import { readParserBytes } from "./parser-bytes.ts";

export interface LintRun {
  readonly patterns: readonly string[];
  readonly cwd: string;
  readonly script: string;
  readonly context: BuildContext;
  readonly rules: readonly Rule[];
  readonly onProblem: (problem: Problem) => void;
  readonly onFailure: (file: string, why: string) => void;
  /** Called before each folder. */
  readonly onFolder?: (done: number, all: number) => void;
}

export interface FileFindings {
  readonly path: string;
  /** The text they were found in: for excerpts and fixes. */
  readonly text: string;
  readonly findings: readonly LintFinding[];
}

/** The findings file by file, in the order of the folders; files without findings are counted only. */
export async function* lintFolders(run: LintRun): AsyncGenerator<FileFindings, { files: number }> {
  const parser = await GoParser.load(readParserBytes(run.script));
  const options = { context: run.context, onProblem: run.onProblem };
  const { folders, onlyFiles } = resolvePatterns(run.patterns, run.cwd, options);
  const namedFolders = new Set([...onlyFiles].map((file) => dirname(file)));
  let count = 0;
  for (const [at, folder] of folders.entries()) {
    run.onFolder?.(at, folders.length);
    for (const { minor, files, checked } of packagesIn(folder, options)) {
      const wanted = new Set(
        files
          .map(({ path }) => path)
          .filter((path) => checked.has(path) && isNamed(path, onlyFiles, namedFolders)),
      );
      count += wanted.size;
      const pkg = new PackageModel(
        parser,
        files.map(({ path, text }) => ({ name: path, text })),
        { minor, headers: headersOf(folder) },
      );
      try {
        const { findings, failures } = lintPackage(pkg, { rules: run.rules, files: wanted });
        for (const { file, why } of failures) run.onFailure(file, why);
        for (const { path, text } of files) {
          const own = findings.filter((finding) => finding.file === path);
          if (own.length > 0) yield { path, text, findings: own };
        }
      } finally {
        pkg.dispose();
      }
    }
  }
  return { files: count };
}

/** Where single files of a folder were named, only those. */
function isNamed(path: string, onlyFiles: ReadonlySet<string>, namedFolders: ReadonlySet<string>): boolean {
  return onlyFiles.has(path) || !namedFolders.has(dirname(path));
}
