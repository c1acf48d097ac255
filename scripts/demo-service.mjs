/** The demo's service: built, run on the loopback interface, and brought down by a client that hangs up. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./setup.mjs";

export const service = join(root, "demo/llmserver");
/** Everything the demo writes. */
export const folder = join(root, ".cache/demo");
export const log = join(folder, "llmserver.log");
const GIVE_UP_MS = 30_000;

export function buildService() {
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

/** Its log is then in `log`. Rejects when the service does not end as it should. */
export async function crashTheService(program) {
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
