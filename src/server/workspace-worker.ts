/** The worker of a run over the workspace: lints folders and posts what it finds, file by file. */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { type BuildContext, type LintFinding, RULES } from "../golint/index.ts";
import { lintFolders } from "../goworkspace/run.ts";

export interface WorkerTask {
  readonly folders: readonly FolderTask[];
  /** URL of the program file, beside which the parser lies. */
  readonly script: string;
}

export interface FolderTask {
  readonly path: string;
  readonly context: BuildContext;
  /** Ids of rules that are off. */
  readonly off: readonly string[];
}

export type WorkerMessage =
  | { readonly kind: "progress"; readonly done: number; readonly all: number }
  | { readonly kind: "file"; readonly path: string; readonly findings: readonly LintFinding[] }
  | { readonly kind: "failure"; readonly file: string; readonly why: string }
  | { readonly kind: "end"; readonly files: number };

const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function run({ folders, script }: WorkerTask): Promise<void> {
  let files = 0;
  for (const { path, context, off } of folders) {
    const found = lintFolders({
      patterns: [join(path, "...")],
      cwd: path,
      script,
      context,
      rules: RULES.filter(({ id }) => !off.includes(id)),
      onProblem: () => {},
      onFailure: (file, why) => post({ kind: "failure", file, why }),
      onFolder: (done, all) => post({ kind: "progress", done, all }),
    });
    for (;;) {
      const next = await found.next();
      if (next.done) {
        files += next.value.files;
        break;
      }
      const findings = next.value.findings.filter(({ rule }) => !off.includes(rule));
      if (findings.length > 0) post({ kind: "file", path: next.value.path, findings });
    }
  }
  post({ kind: "end", files });
}

await run(workerData as WorkerTask);
