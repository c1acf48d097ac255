/**
 * `node scripts/ts.mjs test/editor/measure.ts`: what the extension costs in a real VS Code; how long a user waits is
 * told by bench.ts. Prints figures, asserts nothing. Terminals are compared in the same editor: with the extension
 * reading them, and with `golm.watch.terminals` and `golm.terminalLinks` off.
 */
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { CrashStream } from "../../src/trace/crash-stream.ts";
import type { Editor } from "./driver/editor.ts";
import { openEditor } from "./driver/open.ts";
import { poll } from "./driver/poll.ts";
import { beamService } from "./flows/service.ts";

const FLOODS = Number(process.env.FLOODS ?? 5);
const MEGABYTES = Number(process.env.MEGABYTES ?? 200);
const FLOOD = `head -c ${MEGABYTES}000000 /dev/zero | tr '\\0' 'x' | fold -w 120; echo`;
const READING = { "golm.watch.terminals": true, "golm.terminalLinks": true };
const DEAF = { "golm.watch.terminals": false, "golm.terminalLinks": false };

function summary(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return `median ${at(0.5).toFixed(0)} ms, best ${sorted[0]!.toFixed(0)} ms, worst ${sorted.at(-1)!.toFixed(0)} ms`;
}

/**
 * Milliseconds that a command takes until the terminal has swallowed its output, by the shell's own clock. The answer
 * comes in a file: reading the terminal meanwhile would slow it down.
 */
async function timed({ terminal }: Editor, command: string): Promise<number> {
  const answer = join(workspace.folder, "took");
  await terminal.type(
    `S=$(date +%s%N); ${command}; echo $((($(date +%s%N)-S)/1000)) > took.new; mv took.new took`,
  );
  await poll(() => existsSync(answer), `the end of "${command}"`, 300_000);
  const took = Number(readFileSync(answer, "utf8")) / 1000;
  rmSync(answer);
  return took;
}

async function floods(editor: Editor): Promise<void> {
  const took: Record<"reading" | "deaf", number[]> = { reading: [], deaf: [] };
  for (const mode of ["reading", "deaf", "reading", "deaf"] as const) {
    await editor.configure(mode === "reading" ? READING : DEAF);
    await editor.terminal.open();
    for (let run = 0; run < Math.ceil(FLOODS / 2); run++) took[mode].push(await timed(editor, FLOOD));
    // A terminal with so much in it would be brought back by the reload, and be taken for the next one.
    await editor.palette.run("Terminal: Kill All Terminals");
    await poll(async () => (await editor.page.locator(".terminal-wrapper").count()) === 0, "no terminal");
  }
  console.log(`${MEGABYTES} MB in a terminal, the extension reading: ${summary(took.reading)}`);
  console.log(`${MEGABYTES} MB in a terminal, the extension deaf:    ${summary(took.deaf)}`);
  await editor.configure(READING);
}

/** The extension host's own figure, as the list of running extensions shows it, longest first. */
async function activation({ page, palette }: Editor): Promise<void> {
  await palette.run("Developer: Show Running Extensions");
  const list = page.locator(".runtime-extensions-editor .monaco-list");
  const row = list.locator(".monaco-list-row", { hasText: "GoLM" });
  await list.locator(".monaco-list-row").first().click();
  await poll(async () => {
    await page.keyboard.press("PageDown");
    return row.isVisible();
  }, "the extension among those that run");
  console.log(`activation: ${/Activation: [\d.]+ ?ms/.exec((await row.textContent()) ?? "")?.[0]}`);
  await page.keyboard.press("Escape");
}

/** A line of a server's log, as a terminal prints it. */
const LOG_LINE =
  "\x1b[32m2026-11-25T16:20:07.123Z\x1b[0m INFO server: stream request_id=a81f model=tiny tokens=128 took=2.1ms\r\n";

/** Processor time that reading takes by itself, in the pieces in which the editor hands output over. */
function reading(): void {
  const piece = LOG_LINE.repeat(Math.ceil(4096 / LOG_LINE.length));
  const pieces = Math.ceil(20e6 / piece.length);
  const took: number[] = [];
  for (let run = 0; run < 20; run++) {
    const stream = new CrashStream(() => {});
    const before = process.cpuUsage();
    for (let n = 0; n < pieces; n++) stream.push(piece);
    stream.flush();
    const { user, system } = process.cpuUsage(before);
    took.push((user + system) / 1000);
  }
  console.log(`20 MB of log lines, reading alone, processor time: ${summary(took)}`);
}

function sizes(): void {
  for (const file of [
    "dist/extension.cjs",
    "dist/core.cjs",
    "dist/web/extension.js",
    "dist/webview/panel.js",
    "dist/catalog.json",
  ])
    console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
}

const workspace = beamService();
const editor = await openEditor({ workspace: workspace.folder, extension: { development: "." } });
try {
  sizes();
  reading();
  await activation(editor);
  await floods(editor);
} finally {
  await editor.stop();
  workspace.remove();
}
