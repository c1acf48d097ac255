/** `lsp`: the language server over standard input and output. */
import type { Context } from "../program.ts";
import { VERSION } from "../version.ts";

export async function lspCommand({ script, language }: Context): Promise<number> {
  const { startOnStdio } = await import("../../server/start.ts");
  await startOnStdio({ script, language, version: VERSION });
  return 0;
}
