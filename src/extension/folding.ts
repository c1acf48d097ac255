/** Goroutines of a crash text fold. The engine is loaded when a crash text is opened. */
import * as vscode from "vscode";
import type { Ctx } from "./ctx.ts";

const LARGEST = 64 << 20;

export function foldGoroutines(ctx: Ctx): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider("go-crash", {
    async provideFoldingRanges(document, _context, token) {
      const text = document.getText();
      if (text.length > LARGEST) return [];
      const { foldsOf } = await ctx.knowledge.core();
      if (token.isCancellationRequested) return [];
      return foldsOf(text).map(({ first, last }) => new vscode.FoldingRange(first, last));
    },
  });
}
