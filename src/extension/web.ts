/** The extension in a browser: no program runs, and files are the editor's alone. */
import * as vscode from "vscode";
import type { SourceReader } from "../faulttree/diagnosis.ts";
import { tellingStack } from "../faulttree/locate.ts";
import type { CrashReport } from "../trace/report.ts";
import { start, stop } from "./extension.ts";
import type { Platform } from "./platform.ts";

export function activate(context: vscode.ExtensionContext) {
  return start(context, webPlatform);
}

export const deactivate = stop;

const SOURCE = /\.(?:go|s|S|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|m|mm|rs)$/;
/** Files of a stack that are looked for: the location is one of the first. */
const FILES = 8;
const CANDIDATES = 24;
const LARGEST = 2 << 20;

const webPlatform: Platform = {
  runs: false,
  async sources(report) {
    const found = new Map<string, { path: string; text: string }>();
    for (const file of filesOf(report)) {
      const uri = await bestMatch(file);
      const text = uri && (await textOf(uri));
      if (text !== undefined) found.set(file, { path: vscode.workspace.asRelativePath(uri!, false), text });
    }
    return { find: (file) => found.get(file) } satisfies SourceReader;
  },
  find: ({ file }) => bestMatch(file),
  async readFrom(uri, offset) {
    return (await vscode.workspace.fs.readFile(uri)).subarray(offset);
  },
};

function filesOf(report: CrashReport): string[] {
  const stack = tellingStack(report);
  const frames = [...(stack?.frames ?? []), ...(stack?.createdBy ? [stack.createdBy] : [])];
  const files = frames.flatMap(({ file }) => (file !== undefined && SOURCE.test(file) ? [file] : []));
  return [...new Set(files)].slice(0, FILES);
}

/** The file of the workspace whose path ends most like the one printed; none where two fit equally well. */
async function bestMatch(file: string): Promise<vscode.Uri | undefined> {
  const parts = file
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const name = parts.at(-1);
  if (name === undefined || parts.includes("..") || !SOURCE.test(name) || /[*?[\]{}!]/.test(name))
    return undefined;
  const found = await vscode.workspace.findFiles(`**/${name}`, "**/node_modules/**", CANDIDATES);
  const ranked = found
    .map((uri) => ({ uri, common: commonEnd(uri.path.split("/"), parts) }))
    .sort((a, b) => b.common - a.common);
  const [first, second] = ranked;
  return first && first.common !== second?.common ? first.uri : undefined;
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > LARGEST ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}
