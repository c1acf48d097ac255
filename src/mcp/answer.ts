/** Answers of tools: text for the model, data beside it, both within bounds. */
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { visible } from "../export/visible.ts";

/** Characters of text; about 15,000 tokens of a model's attention. */
const LONGEST_TEXT = 60_000;
/** Characters of JSON beside it. */
export const LONGEST_DATA = 200_000;

/** Something the caller can mend: one sentence, told as the tool's own error. */
export class Refusal extends Error {}

export function answer(text: string, data: Record<string, unknown>, cut: string): CallToolResult {
  return { content: [{ type: "text", text: bounded(text, cut) }], structuredContent: data };
}

/** Runs a tool; a Refusal becomes an answer that says so. Anything else is a fault of ours and goes on up. */
export async function answering(
  work: () => Promise<CallToolResult> | CallToolResult,
): Promise<CallToolResult> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return { isError: true, content: [{ type: "text", text: visible(failure.message) }] };
  }
}

/** Cut at the end of a line. */
export function bounded(text: string, cut: string, limit = LONGEST_TEXT): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - cut.length - 2);
  return `${kept.slice(0, kept.lastIndexOf("\n") + 1)}\n${cut}`;
}
