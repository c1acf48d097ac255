/** Runs a suite in the extension host of a browser's VS Code and brings its results out. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EditorOptions, openEditor } from "../driver/open.ts";
import { ROOT } from "../setup/store.ts";
import { bundleSuite } from "./bundle.ts";
import { type HostResult, RESULT } from "./runner.ts";

const GIVE_UP_MS = 300_000;

export interface SuiteOptions extends Omit<EditorOptions, "extensionTests" | "onPage"> {
  /** Path in the repository: `test/editor/host/panel-suite.ts`. */
  readonly suite: string;
}

/**
 * One result per test; throws when the suite did not run to its end. With CI set, a suite in which a test failed is
 * run once more from the start, as the other editor tests are: its results are those of the second run.
 */
export async function runSuite(options: SuiteOptions): Promise<HostResult[]> {
  const results = await runOnce(options).catch((error: Error) => error);
  if (process.env.CI && (results instanceof Error || results.some(({ ok }) => !ok))) {
    const failed = results instanceof Error ? [results.message] : results.filter(({ ok }) => !ok);
    console.warn(`${options.suite} is run once more:`, failed);
    return runOnce(options);
  }
  if (results instanceof Error) throw results;
  return results;
}

async function runOnce({ suite, ...options }: SuiteOptions): Promise<HostResult[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-suite-")));
  try {
    if (options.inBrowser) return await collect(await besideWorker(suite, options, folder));
    const file = join(folder, "suite.cjs");
    await bundleSuite(suite, file);
    return await collect({ ...options, extensionTests: file });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A copy of the extension that has its browser's entry alone, so that the editor gives it a worker. The tests lie in it,
 * because they run in the host of the extension in whose folder they are.
 */
async function besideWorker(
  suite: string,
  options: Omit<SuiteOptions, "suite">,
  folder: string,
): Promise<EditorOptions> {
  // Without the type, as in the VSIX.
  const {
    main: _node,
    type: _module,
    ...manifest
  } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, extensionKind: ["web"] }));
  for (const name of ["package.nls.json", "dist", "l10n", "media", "syntaxes", "snippets"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const file = join(folder, "suite.js");
  await bundleSuite(suite, file, "browser");
  return { ...options, extension: { development: folder }, extensionTests: file };
}

async function collect(options: EditorOptions): Promise<HostResult[]> {
  const results: HostResult[] = [];
  const other: string[] = [];
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((done) => {
    end = done;
  });
  const editor = await openEditor({
    ...options,
    onPage: async (page) => {
      await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
        const line = args.map(String).join(" ");
        const at = line.indexOf(RESULT);
        if (at >= 0) results.push(JSON.parse(line.slice(at + RESULT.length)));
        else {
          other.push(line);
          if (process.env.GOLM_EDITOR_VERBOSE) console.log(line);
        }
      });
      await page.exposeFunction("codeAutomationExit", (code: number) => end(code));
    },
  });
  try {
    const code = await Promise.race([ended, giveUp()]);
    const said = other.slice(-20).join("\n");
    if (code === undefined) throw new Error(`The suite did not end within ${GIVE_UP_MS / 1000} s.\n${said}`);
    if (code !== 0 && results.every(({ ok }) => ok))
      throw new Error(`The suite ended with ${code}.\n${said}`);
    if (results.length === 0) throw new Error(`The suite ran no test.\n${said}`);
    return results;
  } finally {
    await editor.stop();
  }
}

const giveUp = () => new Promise<undefined>((done) => setTimeout(done, GIVE_UP_MS, undefined).unref());
