/**
 * `npm run demo`: a sample LLM service crashes for real, and its log is diagnosed. Needs nothing before it but
 * Node and Go; listens on the loopback interface only and writes below .cache/demo/ only.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { build, prepare, root } from "./setup.mjs";

const service = join(root, "demo/llmserver");
const folder = join(root, ".cache/demo");
const log = join(folder, "llmserver.log");
const cli = join(root, "dist/cli.js");
const GIVE_UP_MS = 30_000;

const step = (text) => console.log(`\n── ${text}`);
const here = (path) => relative(process.cwd(), path) || ".";

function buildService() {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "llmserver");
  const { status } = spawnSync("go", ["build", "-o", program, "."], { cwd: service, stdio: "inherit" });
  if (status !== 0) throw new Error("The sample service does not build.");
  return program;
}

/** Starts the service and resolves once it says where it listens. */
async function startService(program) {
  rmSync(log, { force: true });
  const child = spawn(program, [], {
    cwd: folder,
    // As in a careful deployment: all goroutines in the log, not only the one that failed.
    env: { ...process.env, GOTRACEBACK: "all" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = child.stderr.pipe(createWriteStream(log));
  const ended = Promise.all([once(child, "exit"), once(written, "finish")]).then(([[status]]) => status);
  const started = once(createInterface({ input: child.stdout }), "line").then(([line]) => line);
  const first = await Promise.race([started, ended]);
  const port = Number(/:(\d+)$/.exec(String(first))?.[1]);
  if (!port) throw new Error(`The service did not start: ${first}`);
  return { child, port, ended };
}

/** Asks for tokens; after `leaveAfter` of them the client hangs up, as a closed browser tab does. */
function generate(port, prompt, maxTokens, leaveAfter = Number.POSITIVE_INFINITY) {
  return new Promise((resolve) => {
    let tokens = 0;
    const req = request({
      host: "127.0.0.1",
      port,
      path: "/v1/generate",
      method: "POST",
      agent: false,
      timeout: GIVE_UP_MS,
    });
    const done = (how) => resolve({ tokens, how });
    req.on("error", () => done("connection lost"));
    req.on("response", (res) => {
      res.on("data", (chunk) => {
        tokens += String(chunk).split("\n").length - 1;
        if (tokens >= leaveAfter) {
          req.destroy();
          done("left early");
        }
      });
      res.on("end", () => done("complete"));
      res.on("error", () => done("connection lost"));
    });
    req.end(JSON.stringify({ model: "tiny-chat", prompt, max_tokens: maxTokens }));
  });
}

function report(who, { tokens, how }) {
  console.log(`${who}: ${tokens} tokens, ${how}`);
}

async function crashTheService(program) {
  const { child, port, ended } = await startService(program);
  const giveUp = setTimeout(() => child.kill("SIGKILL"), GIVE_UP_MS);
  console.log(`listening on 127.0.0.1:${port}, pid ${child.pid}`);
  report("first client", await generate(port, "Tell me about caches.", 8));
  report("second client", await generate(port, "Tell me about caches. And streams.", 8));
  const patient = generate(port, "A long story, please.", 200);
  const impatient = generate(port, "A longer one.", 200, 4);
  report("third client", await impatient);
  report("fourth client", await patient);
  const status = await ended;
  clearTimeout(giveUp);
  console.log(`the service ended with exit status ${status}`);
  if (status !== 2) throw new Error("The service did not crash as it should have.");
}

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

async function main() {
  if (process.argv.includes("--editor")) {
    const editor = join(root, "scripts/demo-editor.mjs");
    if (!existsSync(editor)) {
      console.error(
        "The editor part of the demo is not there yet. Run `npm run demo` for the terminal part.",
      );
      process.exit(2);
    }
    await import(editor);
    return;
  }
  step("Setting up");
  prepare({ tools: ["go"] });
  if (!build()) process.exit(1);
  const program = buildService();
  step("A small LLM service takes requests, until a client hangs up");
  await crashTheService(program);
  console.log(`its log: ${here(log)}, ${readFileSync(log).length} bytes`);
  step("Diagnosis");
  const diagnosis = diagnose();
  step("Where to look next");
  whereToLook(diagnosis);
}

await main();
