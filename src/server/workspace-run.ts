/** A run over the workspace, in a worker, so that typing is answered meanwhile. */
import { Worker } from "node:worker_threads";
import type { LintFinding } from "../golint/index.ts";
import type { WorkerMessage, WorkerTask } from "./workspace-worker.ts";

export interface WorkspaceResult {
  readonly files: ReadonlyMap<string, readonly LintFinding[]>;
  /** How many files were checked; undefined where the run was cancelled. */
  readonly checked: number | undefined;
}

export interface RunEvents {
  progress(done: number, all: number): void;
  failure(file: string, why: string): void;
  /** Ends the run at once when it fires. */
  onCancel(end: () => void): void;
}

/** Rejects when the worker fails; what it found until then is lost. */
export function runWorkspace(task: WorkerTask, events: RunEvents): Promise<WorkspaceResult> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, readonly LintFinding[]>();
    // Silent: where we speak over standard output, nothing else may.
    const worker = new Worker(new URL("./lint-worker.js", task.script), {
      workerData: task,
      stdout: true,
      stderr: true,
    });
    let checked: number | undefined;
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "file") files.set(message.path, message.findings);
      else if (message.kind === "progress") events.progress(message.done, message.all);
      else if (message.kind === "failure") events.failure(message.file, message.why);
      else checked = message.files;
    });
    let cancelled = false;
    events.onCancel(() => {
      cancelled = true;
      void worker.terminate();
    });
    worker.on("error", reject);
    worker.on("exit", () => {
      if (checked === undefined && !cancelled) reject(new Error("the worker ended early"));
      else resolve({ files, checked });
    });
  });
}
