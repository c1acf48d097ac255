/**
 * Runs one server for a test and cleans up after both, even when the test is killed: its standard input is a pipe
 * that the test holds, and closes when the test is gone. Then everything the server started is ended, and the folder
 * it lived in is removed.
 *
 *   node keeper.mjs FOLDER [MARK COMMAND ARGS...]
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";

const [folder, mark, command, ...args] = process.argv.slice(2);

/** Handed down to all descendants, whatever group or session they move to. */
const MARK = `GOLM_EDITOR_RUN=${mark}`;

const child =
  command === undefined
    ? undefined
    : spawn(command, args, {
        detached: true,
        stdio: ["ignore", "inherit", "inherit"],
        env: { ...process.env, GOLM_EDITOR_RUN: mark },
      });
const exited = new Promise((done) => {
  if (!child) done();
  child?.on("exit", done);
  child?.on("error", (error) => {
    console.error(error.message);
    done();
  });
});

let finishing = false;
async function finish() {
  if (finishing) return;
  finishing = true;
  signalGroup("SIGTERM");
  await Promise.race([exited, wait(2000)]);
  signalGroup("SIGKILL");
  // Some start others while they are being ended.
  for (let round = 0; round < 5; round++) {
    const left = marked();
    if (left.length === 0) break;
    for (const pid of left) kill(pid, "SIGKILL");
    await wait(100);
  }
  // A dying browser may still write a file.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function signalGroup(signal) {
  if (child?.pid !== undefined) kill(-child.pid, signal);
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It was gone already.
  }
}

/** Linux only; elsewhere the group and the closed terminals have to do. */
function marked() {
  if (process.platform !== "linux" || mark === undefined) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(MARK);
      } catch {
        return false;
      }
    })
    .map(Number);
}

process.stdin.resume();
process.stdin.on("end", finish);
process.stdin.on("error", finish);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, finish);
// The test may be gone while the server still talks.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
