/**
 * `npm test`: sets up, builds and runs every test there is. Its last line is `N passed, N failed, N skipped`
 * over everything, its exit status 1 when anything failed. A missing tool fails what needs it.
 *
 * `npm test -- FILTER` runs the unit tests whose file names hold FILTER, and says that this was not all.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { debuggerOptions, findDebuggers } from "./debuggers.mjs";
import { build, installPackages, missingTools, requireNode, root } from "./setup.mjs";

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function add(name, { passed = 0, failed = 0, skipped = 0 }, seconds) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const line = `${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`;
  if (failed > 0) failures.push(line);
  console.log(seconds === undefined ? line : `${line} (${seconds.toFixed(1)} s)`);
}

const one = (ok) => (ok ? { passed: 1 } : { failed: 1 });

/** Runs one part under a heading; what it returns is added up. A part that throws has failed. */
async function part(name, work) {
  console.log(`\n── ${name}`);
  const begun = performance.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error);
    counts = { failed: 1 };
  }
  add(name, counts, (performance.now() - begun) / 1000);
  return !counts.failed;
}

/** No part takes half as long; one that hangs shall fail and not hold up the rest. */
const GIVE_UP_MS = 25 * 60_000;

/** A log is for reading: colours only where our own output is a terminal. */
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };

/** Runs a program with its output passed on, and returns its exit status and what it wrote to stdout. */
function run(command, args, cwd = root) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: GIVE_UP_MS,
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      // Only closing lines are ever read from it.
      stdout = (stdout + chunk).slice(-100_000);
    });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve({ status: 127, stdout });
    });
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

const script = (name) => join(root, "node_modules", name);
const runNode = (args) => run(process.execPath, args);

/** They need what is built, and install the editors themselves. */
const EDITOR = ["--config", "test/editor/vitest.config.ts"];

async function vitest(filter, config = []) {
  const report = join(root, ".cache/vitest.json");
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = await runNode([script("vitest/vitest.mjs"), "run", ...config, ...reporters, ...filter]);
  if (!existsSync(report)) return { failed: 1 };
  const counts = countVitest(JSON.parse(readFileSync(report, "utf8")));
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** A file that cannot be loaded holds no test to count: it is one failure by itself. */
function countVitest(report) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function goModules() {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !/^(node_modules|\.git|\.cache|dist)$/.test(entry.name)) {
        walk(join(folder, entry.name));
      } else if (entry.name === "go.mod") found.push(folder);
    }
  };
  walk(root);
  return found;
}

/**
 * Formatting of all Go code; vet and tests of the programs that are ours to be right. What lies in the catalogue
 * and below test/ is there to crash, hang and be found fault with. Modules with requirements are the
 * benchmark's peers, which the benchmark itself downloads.
 */
async function goChecks() {
  const counts = { passed: 0, failed: 0 };
  const check = async (title, ok) => {
    console.log(`${ok ? "ok" : "FAILED"}  ${title}`);
    if (ok) counts.passed++;
    else counts.failed++;
  };
  const goroot = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout?.trim() ?? "";
  const gofmt = existsSync(join(goroot, "bin/gofmt")) ? join(goroot, "bin/gofmt") : "gofmt";
  for (const folder of goModules()) {
    const name = relative(root, folder);
    const { status, stdout } = await run(gofmt, ["-l", "."], folder);
    await check(`gofmt ${name}`, status === 0 && stdout === "");
    if (/^(catalog|test)\b/.test(name) || /^require\b/m.test(readFileSync(join(folder, "go.mod"), "utf8")))
      continue;
    await check(`go vet ${name}`, (await run("go", ["vet", "./..."], folder)).status === 0);
    await check(`go test ${name}`, (await run("go", ["test", "-timeout=2m", "./..."], folder)).status === 0);
  }
  return counts;
}

/** Without a C compiler, scenarios that need one are skipped by verify; here they are failures. */
async function scenarios(missing) {
  const { status, stdout } = await runNode([join(root, "dist/cli.js"), "verify"]);
  const last = /Scenarios: (\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
  if (!last) return { failed: 1 };
  const [passed, failed, skipped] = last.slice(1).map(Number);
  const counts = missing.length > 0 ? { passed, failed: failed + skipped } : { passed, failed, skipped };
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Some recipes of every kind in Delve and gdb; `npm run verify -- --recipes` runs all. */
async function recipes() {
  const debuggers = findDebuggers();
  for (const problem of debuggers.problems) console.error(problem);
  if (debuggers.problems.length > 0) return { failed: 1 };
  const { stdout } = await runNode([
    join(root, "dist/cli.js"),
    "verify",
    "--recipes",
    "--sample",
    ...debuggerOptions(debuggers),
  ]);
  const last = /Recipes: (\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(stdout);
  if (!last) return { failed: 1 };
  const [passed, failed, skipped] = last.slice(1).map(Number);
  return { passed, failed, skipped };
}

async function main() {
  requireNode();
  const filter = process.argv.slice(2);
  const missing = missingTools(["go", "gcc", "g++"]);
  for (const { name, message } of missing) {
    console.error(`Missing: ${message}`);
    add(`tool ${name}`, { failed: 1 });
  }
  if (!(await part("packages", () => one(installPackages())))) return;
  const built = await part("build", () => one(build()));
  if (filter.length > 0) {
    await part(`vitest ${filter.join(" ")}`, () => vitest(filter));
    console.log("\nOnly unit tests that match the filter were run.");
    return;
  }
  const biome = ["check", "--error-on-warnings", "."];
  await part("biome", async () =>
    one((await runNode([script("@biomejs/biome/bin/biome"), ...biome])).status === 0),
  );
  await part("tsc", async () =>
    one((await runNode([script("typescript/bin/tsc"), "--noEmit"])).status === 0),
  );
  await part("vitest", () => vitest([]));
  await part("go", goChecks);
  await part("editor", () => (built ? vitest([], EDITOR) : { failed: 1 }));
  await part("catalogue", () => (built ? scenarios(missing) : { failed: 1 }));
  await part("recipes", () => (built ? recipes() : { failed: 1 }));
}

await main();
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join("\n")}`);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
