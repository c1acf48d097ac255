/** What differs between a desktop or server, where programs run, and a browser, where none do. */
import type * as vscode from "vscode";
import type { SourceReader } from "../faulttree/diagnosis.ts";
import type { CrashReport } from "../trace/report.ts";
import type { Ctx } from "./ctx.ts";
import type { LintClient } from "./lint.ts";

export interface PlaceToFind {
  readonly function: string;
  readonly file: string;
}

export interface RunRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly output: (bytes: Uint8Array) => void;
}

export interface Running {
  /** What the user types. */
  write(text: string): void;
  /** Ends the program and what it started. */
  stop(): void;
  /** The exit status; undefined where a signal ended it or it could not be started. */
  readonly done: Promise<{ readonly status: number | undefined; readonly says?: string }>;
}

export interface Platform {
  /** Programs can be run. */
  readonly runs: boolean;
  /** Finds the sources a report names, first below `folders`. */
  sources(report: CrashReport, folders: readonly vscode.Uri[]): Promise<SourceReader>;
  /** The file of a place, inside the workspace, the module cache or GOROOT; undefined when it is not there. */
  find(place: PlaceToFind, folders: readonly vscode.Uri[]): Promise<vscode.Uri | undefined>;
  /** Reads a file from a byte on. */
  readFrom(uri: vscode.Uri, offset: number): Promise<Uint8Array>;
  run?(request: RunRequest): Running;
  /** Writes the program that starts others under the recorder, records going to `records`, and returns its path. */
  readonly recorderProgram?: ((folder: vscode.Uri, records: vscode.Uri) => Promise<string>) | undefined;
  /** The debug adapter, where Delve can be run. */
  debugging?(): Promise<typeof import("../adapter/inline.ts")>;
  /** Loads and starts the linter's client. */
  lintClient?(ctx: Ctx): Promise<LintClient>;
  /** GOFLAGS as `go env` knows it now. */
  goFlags?(): Promise<string>;
}
