// Everything a benchmark needs before the clock starts: the peers, the inputs, our engine as one file.
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const work = join(tmpdir(), "golm-bench");
const MB = 1_000_000;

function goBuild(folder) {
  const out = join(work, folder);
  const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local" };
  execFileSync("go", ["build", "-trimpath", "-o", out, "."], {
    cwd: join(root, "bench", folder),
    env,
    stdio: "inherit",
  });
  return out;
}

/** Makes an input unless it is there. The panic writes to its error output, the others to their standard output. */
function input(inputs, name, args, stream = "stdout", env = {}) {
  const path = join(work, name);
  if (existsSync(path) && statSync(path).size > 0) return path;
  const fd = openSync(path, "w");
  spawnSync(inputs, args, {
    stdio: ["ignore", stream === "stdout" ? fd : "ignore", stream === "stderr" ? fd : "inherit"],
    env: { ...process.env, ...env },
  });
  closeSync(fd);
  return path;
}

async function bundle() {
  const esbuild = await import("esbuild");
  const outfile = join(work, "engine.mjs");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["bench/engine.ts"],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
  });
  return outfile;
}

function ripgrep() {
  const found = spawnSync("rg", ["--version"], { encoding: "utf8" });
  return found.status === 0 ? { command: "rg", version: found.stdout.split("\n")[0] } : undefined;
}

/** Builds the peers and lazily makes inputs. Throws when Go or the network for its modules is missing. */
export async function prepare() {
  mkdirSync(work, { recursive: true });
  const inputs = goBuild("inputs");
  const log = (size) => input(inputs, `log-${size / MB}.txt`, ["log", String(size)]);
  const dump = (n) => input(inputs, `dump-${n}.txt`, ["dump", String(n)]);
  return {
    inputs,
    peers: goBuild("peers"),
    engine: await bundle(),
    cli: join(root, "dist/cli.js"),
    rg: ripgrep(),
    anchors: await anchors(),
    log,
    dump,
    panic: (n) => input(inputs, `panic-${n}.txt`, ["panic", String(n)], "stderr", { GOTRACEBACK: "all" }),
    line: (size) => input(inputs, `line-${size / MB}.txt`, ["line", String(size)]),
    fixture: (path) => join(root, "test/golden/trace", path),
  };
}

/** The very words our scanner looks for, so that ripgrep can look for the same. */
async function anchors() {
  const esbuild = await import("esbuild");
  const source = readFileSync(join(root, "src/trace/lexer/anchors.ts"), "utf8");
  const { code } = await esbuild.transform(source, { loader: "ts", format: "esm" });
  const { ANCHORS } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return ANCHORS.map((anchor) => anchor.text);
}
