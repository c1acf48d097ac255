/** `lint`: hands over to the linter, which is loaded only then. */
import type { LintFlags } from "../lint/command.ts";
import type { Context } from "../program.ts";

export async function lintCommand(
  patterns: readonly string[],
  flags: LintFlags,
  context: Context,
): Promise<number> {
  const { runLint } = await import("../lint/command.ts");
  return runLint(patterns, flags, context);
}
