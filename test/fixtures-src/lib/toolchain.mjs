// Builds and runs the fixture programs with a chosen Go version, in a directory whose name gives nothing away.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Full versions by their short name; all of them come through the module proxy. */
export const RELEASES = {
  1.5: "1.5.4",
  1.6: "1.6.4",
  1.8: "1.8.7",
  1.9: "1.9.2",
  "1.10": "1.10.8",
  1.11: "1.11.13",
  1.13: "1.13.15",
  1.14: "1.14.15",
  1.16: "1.16.15",
  1.17: "1.17.13",
  1.18: "1.18.10",
  1.19: "1.19.13",
  "1.20": "1.20.14",
  1.21: "1.21.0",
  1.22: "1.22.12",
  1.23: "1.23.12",
  1.24: "1.24.0",
  1.25: "1.25.5",
  1.26: "1.26.8",
  1.27: "1.27.3",
};

export const programs = fileURLToPath(new URL("../programs", import.meta.url));
/** Binaries, build caches and what else a run leaves behind. */
export const scratch = join(tmpdir(), "golm-fixtures");
/** Where programs are built: it stands in their traces, so it must name no machine. */
const MODULE_ROOT = process.env.FIXTURE_ROOT ?? "/src/llmserver";
const GOPATH = "/home/dev/go";
const MODULE = "github.com/acme/llmserver";

const minor = (go) => Number(go.split(".")[1]);

const homes = new Map();
/** GOROOT of one version, downloaded by the installed go where it is missing. */
export function goroot(go) {
  const known = homes.get(go);
  if (known) return known;
  const release = RELEASES[go] ?? go;
  const installed = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const version = execFileSync("go", ["env", "GOVERSION"], {
    encoding: "utf8",
    env: { ...process.env, GOTOOLCHAIN: "local" },
  });
  let home = installed;
  if (version.trim() !== `go${release}`) {
    const cache = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
    home = join(cache, "golang.org", `toolchain@v0.0.1-go${release}.linux-amd64`);
    if (!existsSync(home)) {
      spawnSync("go", ["version"], {
        env: { ...process.env, GOTOOLCHAIN: `go${release}`, GOFLAGS: "" },
        stdio: "inherit",
      });
    }
  }
  homes.set(go, home);
  return home;
}

/** Environment for one version: the modern variables do no harm to old ones, except GOFLAGS. */
export function environment(go, extra = {}) {
  const home = goroot(go);
  return {
    HOME: "/home/dev",
    PATH: `${join(home, "bin")}:${process.env.PATH}`,
    GOROOT: home,
    GOPATH: minor(go) < 11 ? GOPATH : execFileSync("go", ["env", "GOPATH"], { encoding: "utf8" }).trim(),
    GOCACHE: join(scratch, `cache-${go}`),
    GOTOOLCHAIN: "local",
    GOFLAGS: "",
    GO111MODULE: minor(go) < 11 ? "off" : "on",
    LANG: "C.UTF-8",
    ...extra,
  };
}

/** Copies a program into the neutral directory and returns where it stands. */
export function place(program, go, root) {
  const old = minor(go) < 11;
  const base = root ?? (old ? join(GOPATH, "src", MODULE) : MODULE_ROOT);
  const dir = join(base, program);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(join(programs, program), dir, { recursive: true });
  const own = existsSync(join(dir, "go.mod"));
  if (!old && !own) writeFileSync(join(base, "go.mod"), `module ${MODULE}\n\ngo 1.${minor(go)}\n`);
  return dir;
}

function sources(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("");
}

/** Builds a program, once per set of options and state of its source, and returns directory and binary. */
export function build({ program, go, flags = [], env = {}, root, target = "." }) {
  const key = createHash("sha1")
    .update(JSON.stringify([sources(join(programs, program)), program, go, flags, env, root, target]))
    .digest("hex")
    .slice(0, 12);
  const dir = place(program, go, root);
  const out = join(scratch, "bin", key, program);
  if (!existsSync(out)) {
    mkdirSync(join(scratch, "bin", key), { recursive: true });
    const test = flags.includes("-c");
    const args = test ? ["test", ...flags, "-o", out, target] : ["build", ...flags, "-o", out, target];
    const done = spawnSync(join(goroot(go), "bin", "go"), args, {
      cwd: dir,
      env: environment(go, env),
      encoding: "utf8",
    });
    if (done.status !== 0) throw new Error(`build ${program} with go${go}: ${done.stderr}${done.stdout}`);
  }
  return { dir, out };
}

/**
 * Runs a command and returns its output and error output in the order written. `signal` is sent once the
 * program has said `ready`.
 */
export function run(command, { cwd, env, signal, limit = 60_000 }) {
  return new Promise((resolve) => {
    const child = spawn("/bin/sh", ["-c", `exec 2>&1; ${command}`], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const parts = [];
    let sent = false;
    child.stdout.on("data", (part) => {
      parts.push(part);
      if (signal && !sent && Buffer.concat(parts).includes("ready")) {
        sent = true;
        setTimeout(() => child.kill(signal), 300);
      }
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), limit);
    child.on("close", (code, by) => {
      clearTimeout(timer);
      resolve({ text: Buffer.concat(parts), code, by });
    });
  });
}

/** Puts the path everybody has in place of the module cache's, so that no machine shows. */
export function neutral(text, go) {
  const modules = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
  return text
    .replaceAll(goroot(go), "/usr/local/go")
    .replaceAll(modules, "/home/dev/go/pkg/mod")
    .replaceAll(new RegExp(`${scratch}/bin/[0-9a-f]+/`, "g"), "/src/llmserver/bin/")
    .replaceAll(`${scratch}/`, "/src/llmserver/");
}

export function clean() {
  for (const name of existsSync(scratch) ? readdirSync(scratch) : [])
    rmSync(join(scratch, name), { recursive: true, force: true });
}
