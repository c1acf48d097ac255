/**
 * `npm run bench:editor [-- ROUNDS]`: what a user waits for in a real VS Code, each from the moment the last line of a
 * crash stands in the terminal. Figures are printed and not asserted: they are as much the machine's as ours.
 */
import { spawnSync } from "node:child_process";
import type { Editor } from "./driver/editor.ts";
import { openEditor } from "./driver/open.ts";
import { poll } from "./driver/poll.ts";
import { beamService } from "./flows/service.ts";
import { EDITOR_VERSIONS } from "./setup/index.ts";

const rounds = Number(process.argv[2] ?? 20);
const LINK = "index out of range";

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  console.log(
    `  ${what}: median ${median.toFixed(0)} ms, worst ${sorted.at(-1)!.toFixed(0)} ms of ${times.length}`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The program is built before, so that no compiler runs beside what is measured. */
async function measure(editor: Editor): Promise<void> {
  const shown: number[] = [];
  const opened: number[] = [];
  await editor.terminal.open();
  for (let round = 0; round < rounds; round++) {
    await editor.terminal.type("clear; ./beam");
    await editor.terminal.waitFor(/exit status|main\.main\(\)[\s\S]*main\.go:\d+/);
    shown.push(
      await timed(async () => {
        if (!(await editor.terminal.isLink(LINK, 20_000))) throw new Error("The crash became no link.");
      }),
    );
    const click = performance.now();
    await editor.terminal.clickLink(LINK);
    await editor.webviews.inner().locator("h1").first().waitFor();
    opened.push(performance.now() - click);
    await editor.palette.run("View: Close All Editors");
    await poll(async () => (await editor.workbench.tabs()).length === 0, "the panel to close");
  }
  report("crash printed to link shown, the pointer's way included", shown);
  report("click to panel shown, the pointer's way included", opened);
}

for (const version of EDITOR_VERSIONS) {
  const workspace = beamService();
  try {
    const { status, stderr } = spawnSync("go", ["build", "-o", "beam", "."], {
      cwd: workspace.folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`go build: ${stderr}`);
    const editor = await openEditor({
      version,
      workspace: workspace.folder,
      extension: { development: "." },
    });
    try {
      console.log(`VS Code ${version}`);
      await measure(editor);
    } finally {
      await editor.stop();
    }
  } finally {
    workspace.remove();
  }
}
