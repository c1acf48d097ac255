/**
 * `npm run demo`: a sample LLM service crashes for real, and its log is diagnosed. Needs nothing before it but
 * Node and Go; listens on the loopback interface only and writes below .cache/demo/ only.
 *
 * `npm run demo -- --editor` opens that log in a VS Code in the browser, with the extension installed (its first run
 * installs the editor below .cache/editors/); `--once` takes a picture of it and ends, for machines without a display.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buildService, crashTheService, log, service } from "./demo-service.mjs";
import { build, prepare, root } from "./setup.mjs";

const cli = join(root, "dist/cli.js");

const step = (text) => console.log(`\n── ${text}`);
const here = (path) => relative(process.cwd(), path) || ".";

function diagnose() {
  const { status } = spawnSync(process.execPath, [cli, "diagnose", log], { cwd: service, stdio: "inherit" });
  if (status !== 1)
    throw new Error(`The diagnosis ended with exit status ${status}; 1 says that a crash was found.`);
  const { stdout } = spawnSync(process.execPath, [cli, "diagnose", "--format", "json", log], {
    cwd: service,
    encoding: "utf8",
  });
  return JSON.parse(stdout).diagnoses[0];
}

/** The commands this build knows, so that nothing is advised that is not there. */
function knownCommands() {
  const { stdout } = spawnSync(process.execPath, [cli, "--help"], { encoding: "utf8" });
  return new Set([...stdout.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name]) => name));
}

function whereToLook({ location, causes }) {
  const known = knownCommands();
  const program = `node ${here(cli)}`;
  const cause = causes[0]?.id;
  const lines = [
    ["the log", here(log)],
    ["the line to look at", `${here(location.file)}:${location.line}`],
    ["the whole page of this cause", `${program} explain ${cause}`],
    ["steps for the debugger", `${program} recipe ${cause} --for dlv`],
    ["the diagnosis as a report", `${program} diagnose --format html ${here(log)} > report.html`],
    ["the same cause in a small program, run for real", `npm run verify -- ${cause}`],
    ["all causes", `${program} list`],
  ].filter(([, how]) => !how.startsWith(program) || known.has(how.slice(program.length + 1).split(" ")[0]));
  const width = Math.max(...lines.map(([what]) => what.length));
  for (const [what, how] of lines) console.log(`${what.padEnd(width)}  ${how}`);
}

/** The log in a real VS Code, in the browser, with the extension as users install it. */
function openInEditor() {
  step("VS Code in the browser");
  const once = process.argv.includes("--once") ? ["--once"] : [];
  const args = [join(root, "scripts/ts.mjs"), "demo/editor.ts", log, ...once];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

async function main() {
  const editor = process.argv.includes("--editor");
  step("Setting up");
  prepare({ tools: ["go"] });
  if (!build()) process.exit(1);
  const program = buildService();
  step("A small LLM service takes requests, until a client hangs up");
  await crashTheService(program);
  console.log(`its log: ${here(log)}, ${readFileSync(log).length} bytes`);
  if (editor) return openInEditor();
  step("Diagnosis");
  const diagnosis = diagnose();
  step("Where to look next");
  whereToLook(diagnosis);
}

await main();
