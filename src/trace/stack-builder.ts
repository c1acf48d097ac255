/** Joins function lines and file lines that come one by one: the slow path, for wrapped and broken texts. */
import {
  type FileLine,
  makeCreatedBy,
  makeFrame,
  packageOf,
  parseBareFunctionLine,
  parseFunctionLine,
} from "./frames.ts";
import type { CreatedBy, Frame } from "./report.ts";

/** A function line whose file line has not come yet. */
export type PendingFrame =
  | { readonly kind: "call"; readonly text: string; readonly at: { start: number; end: number } }
  | { readonly kind: "bare"; readonly text: string; readonly at: { start: number; end: number } }
  | {
      readonly kind: "creator";
      readonly function: string;
      readonly goroutine?: number;
      readonly at: { start: number; end: number };
    };

/** Joins a pending function line with its file line, which may be missing where the text was cut. */
export function completeFrame(pending: PendingFrame, file: FileLine | undefined): Frame | CreatedBy {
  if (pending.kind === "creator") {
    return makeCreatedBy(
      {
        function: pending.function,
        ...(pending.goroutine !== undefined && { goroutine: pending.goroutine }),
      },
      file,
    );
  }
  if (pending.kind === "call") {
    const fn = parseFunctionLine(pending.text)!;
    return makeFrame(fn, file, isNative(fn.function, file));
  }
  const name = parseBareFunctionLine(pending.text) ?? pending.text.trim();
  return makeFrame({ function: name }, file, isNative(name, file));
}

const GO_FILE = /\.(?:go|s|S)$/;

function isNative(symbol: string, file: FileLine | undefined): boolean {
  if (symbol === "non-Go function") return true;
  if (file === undefined || file.file.startsWith("<")) return false;
  if (!GO_FILE.test(file.file)) return file.file.includes(".") || file.pc !== undefined;
  return packageOf(symbol) === "" && file.file.endsWith(".S");
}
