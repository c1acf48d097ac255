/**
 * `node scripts/ts.mjs test/editor/measure.ts`: what the extension costs in a real VS Code; how long a user
 * waits is told by bench.ts. Prints figures, asserts nothing. Terminals are compared in the same editor: with the extension reading them, and with
 * `golm.watch.terminals` and `golm.terminalLinks` off.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Editor } from "./driver/editor.ts";
import { openEditor } from "./driver/open.ts";
import { beamService } from "./flows/service.ts";

const FLOODS = Number(process.env.FLOODS ?? 5);
const FLOOD = "head -c 200000000 /dev/zero | tr '\\0' 'x' | fold -w 120";
const READING = { "golm.watch.terminals": true, "golm.terminalLinks": true };
const DEAF = { "golm.watch.terminals": false, "golm.terminalLinks": false };

function summary(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return `median ${at(0.5).toFixed(0)} ms, best ${sorted[0]!.toFixed(0)} ms, worst ${sorted.at(-1)!.toFixed(0)} ms`;
}

/** Milliseconds that a command takes until the prompt is back, by the shell's own clock. */
async function timed({ terminal }: Editor, command: string): Promise<number> {
  const text = await terminal.run(`S=$(date +%s%N); ${command}; echo "took=$((($(date +%s%N)-S)/1000))us"`);
  return Number(/took=(\d+)us/.exec(text.replaceAll("\n", ""))?.[1]) / 1000;
}

async function floods(editor: Editor): Promise<void> {
  const took: Record<"reading" | "deaf", number[]> = { reading: [], deaf: [] };
  for (const mode of ["reading", "deaf", "reading", "deaf"] as const) {
    await editor.configure(mode === "reading" ? READING : DEAF);
    await editor.terminal.open();
    await editor.terminal.run("true");
    for (let run = 0; run < Math.ceil(FLOODS / 2); run++) took[mode].push(await timed(editor, FLOOD));
  }
  console.log(`200 MB in a terminal, the extension reading: ${summary(took.reading)}`);
  console.log(`200 MB in a terminal, the extension deaf:    ${summary(took.deaf)}`);
  await editor.configure(READING);
}

/** The editor's own words, from the report of its command. */
async function activation(editor: Editor): Promise<void> {
  await editor.palette.run("Developer: Startup Performance");
  const lines = editor.page.locator(".view-lines");
  await lines.first().waitFor();
  const logs: string[] = [];
  for (const path of readdirSync(editor.folder, { recursive: true, encoding: "utf8" }))
    if (path.endsWith("GoLM Fault Tree.log"))
      logs.push(...(readFileSync(join(editor.folder, path), "utf8").match(/active after [\d.]+ ms/g) ?? []));
  console.log(`activation, by the extension's own clock: ${logs.join(", ")}`);
}

function sizes(): void {
  for (const file of [
    "dist/extension.cjs",
    "dist/web/extension.cjs",
    "dist/webview/panel.js",
    "dist/catalog.json",
  ])
    console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
}

const workspace = beamService();
const editor = await openEditor({ workspace: workspace.folder, extension: { development: "." } });
try {
  sizes();
  await activation(editor);
  await floods(editor);
} finally {
  await editor.stop();
  workspace.remove();
}
