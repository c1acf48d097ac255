/** Workflow commands for tests that failed without a crash, and for code that does not compile. */
import { resolve } from "node:path";
import { escapeData, escapeProperty } from "../../export/github.ts";
import { repositoryPath } from "../../export/paths.ts";
import { shorten, visible, visibleLine } from "../../export/visible.ts";
import { folderOfPackage, modulesAround } from "./places.ts";
import type { FailedTest, Results } from "./test-run.ts";
import type { CiWords } from "./words.ts";

/** GitHub shows ten of a step. */
const PER_TEST = 10;
const LONGEST = 4000;

export interface AnnotationOptions {
  /** Folder of the checkout. */
  readonly root: string;
  /** Where `go test` ran. */
  readonly folder: string;
  readonly w: CiWords;
}

interface Mark {
  readonly file?: string;
  readonly line?: string;
  readonly title: string;
  readonly message: string;
}

export function failureAnnotations(results: Results, options: AnnotationOptions): string[] {
  const modules = modulesAround(options.folder);
  const marks = results.tests.flatMap((test) =>
    testMarks(test, folderOfPackage(test.package, modules), options),
  );
  return [...buildMarks(results.buildOutput, options), ...marks].map(command);
}

/** `    sum_test.go:12: got 3`: what t.Error and its kin print, with the lines that belong to it. */
const LOGGED = /^ +([\w.+-]+\.go):(\d+): (.*(?:\n {8,}.*)*)/gm;
/** A test that crashed has the annotation of its crash. */
const CRASHED = /^(?:\s*panic: |fatal error: |SIG[A-Z]+: |WARNING: DATA RACE)/m;

function testMarks(test: FailedTest, folder: string | undefined, options: AnnotationOptions): Mark[] {
  const { root, w } = options;
  const title = w.testFailed(visibleLine(test.name));
  const marks = [...test.output.matchAll(LOGGED)].slice(0, PER_TEST).map(([, file, line, message]) => ({
    title,
    message: message!,
    ...(folder !== undefined && { file: repositoryPath(resolve(folder, file!), root), line: line! }),
  }));
  if (marks.length > 0 || CRASHED.test(test.output)) return marks;
  return [{ title, message: `${test.package}\n${test.output.trim()}` }];
}

/** `pkg/sum.go:3:5: undefined: x`, from the folder where go ran. */
function buildMarks(output: string, { root, folder, w }: AnnotationOptions): Mark[] {
  return [...output.matchAll(/^([^\s:#][^:\n]*\.\w+):(\d+)(?::\d+)?: (.+)$/gm)]
    .slice(0, PER_TEST)
    .map(([, file, line, message]) => ({
      title: w.buildFailed,
      message: message!,
      file: repositoryPath(resolve(folder, file!), root),
      line: line!,
    }));
}

function command({ file, line, title, message }: Mark): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(visibleLine(file))}`, `line=${line}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::error ${properties.join(",")}::${escapeData(shorten(visible(message), LONGEST))}`;
}
