/** What a frame holds, as Delve words it: for the console. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DapClient } from "../delve/dap.ts";
import { shorten } from "../export/visible.ts";

const VARIABLES_SHOWN = 40;
const LONGEST = 400;

/** The value of an expression, or Delve's words for why there is none. */
export async function evaluated(
  dap: DapClient,
  expression: string,
  frameId: number | undefined,
): Promise<{ readonly text: string; readonly ok: boolean }> {
  const response = await dap.send<DebugProtocol.EvaluateResponse>("evaluate", {
    expression,
    context: "repl",
    ...(frameId !== undefined && { frameId }),
  });
  if (response.success) return { text: shorten(response.body.result, LONGEST), ok: true };
  const { error } = (response.body ?? {}) as { error?: DebugProtocol.Message };
  const why = (error?.format ?? response.message ?? "").replace(/^Unable to evaluate expression: /, "");
  return { text: why, ok: false };
}

/** `name = value` of each variable of a frame, or of its registers. */
export async function variablesOf(
  dap: DapClient,
  frameId: number,
  wanted: (name: string) => boolean,
  scopes = /^(?:Locals|Arguments)/,
): Promise<string[]> {
  const body = await dap.request<DebugProtocol.ScopesResponse>("scopes", { frameId });
  const lines: string[] = [];
  for (const scope of (body?.scopes ?? []).filter(({ name }) => scopes.test(name))) {
    const { variablesReference } = scope;
    const found = await dap.request<DebugProtocol.VariablesResponse>("variables", { variablesReference });
    const shown = (found?.variables ?? []).filter(({ name }) => wanted(name)).slice(0, VARIABLES_SHOWN);
    lines.push(...shown.map(({ name, value }) => `${name} = ${shorten(value, LONGEST)}`));
  }
  return lines;
}
