/** What every script needs before it can start: tools, packages and a build. Plain Node, no packages. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const OLDEST_NODE = 20;
const OLDEST_GO = [1, 24];

const INSTALL = {
  go: {
    debian: "sudo apt-get install golang-go, or https://go.dev/dl/ where that is older than 1.24",
    fedora: "sudo dnf install golang",
    macos: "brew install go",
  },
  gcc: {
    debian: "sudo apt-get install build-essential",
    fedora: "sudo dnf install gcc libasan",
    macos: "xcode-select --install",
  },
  "g++": {
    debian: "sudo apt-get install build-essential",
    fedora: "sudo dnf install gcc-c++",
    macos: "xcode-select --install",
  },
};

const USE = {
  go: "builds and runs the catalogue's programs",
  gcc: "builds the programs that call C, and -race",
  "g++": "builds the programs that call C++",
};

const PROBLEMS = {
  go: goProblem,
  gcc: () => compilerProblem("CC", ["gcc", "cc"]),
  "g++": () => compilerProblem("CXX", ["g++", "c++"]),
};

/** The tools among those named that are missing or too old, each with a message that says how to get it. */
export function missingTools(names) {
  return names.flatMap((name) => {
    const problem = PROBLEMS[name]();
    if (problem === undefined) return [];
    const { debian, fedora, macos } = INSTALL[name];
    return [
      {
        name,
        message: [
          `${name}: ${problem}. It ${USE[name]}.`,
          `    Debian, Ubuntu: ${debian}`,
          `    Fedora:         ${fedora}`,
          `    macOS:          ${macos}`,
        ].join("\n"),
      },
    ];
  });
}

function goProblem() {
  const { status, stdout } = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8", cwd: root });
  if (status !== 0) return "not found";
  const version = /go(\d+)\.(\d+)/.exec(stdout);
  if (!version) return undefined;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const old = major < OLDEST_GO[0] || (major === OLDEST_GO[0] && minor < OLDEST_GO[1]);
  return old ? `${version[0]} is too old, 1.24 or later is needed` : undefined;
}

/** Go's own choice of compiler counts, whatever it is called. */
function compilerProblem(setting, usual) {
  const named = spawnSync("go", ["env", setting], { encoding: "utf8" }).stdout?.trim().split(" ")[0];
  const found = [named, ...usual].some(
    (name) => name && spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
  return found ? undefined : "not found";
}

/** Ends the process with a message when this Node cannot run us. */
export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= OLDEST_NODE) return;
  console.error(
    `Node ${OLDEST_NODE} or later is needed, this is ${process.versions.node}: https://nodejs.org/`,
  );
  process.exit(2);
}

/** Installs the packages of the lock file unless they are there. Returns whether they are. */
export function installPackages() {
  if (isInstalled()) return true;
  console.log("Installing packages (npm ci)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
  return status === 0;
}

/**
 * npm keeps its own copy of the lock in node_modules and writes it last, so an install that was broken off has
 * none. An older copy will do when it holds the same packages: git touches files without changing them.
 */
function isInstalled() {
  const lock = join(root, "package-lock.json");
  const copy = join(root, "node_modules/.package-lock.json");
  if (!existsSync(copy)) return false;
  if (statSync(copy).mtimeMs >= statSync(lock).mtimeMs) return true;
  const [wanted, present] = [lock, copy].map((file) => JSON.parse(readFileSync(file, "utf8")).packages);
  return Object.entries(wanted).every(
    ([path, { integrity, optional }]) =>
      path === "" || (present[path] ? present[path].integrity === integrity : optional === true),
  );
}

/** Builds dist/ and schema/. Returns whether that worked. */
export function build() {
  return (
    spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, stdio: "inherit" }).status ===
    0
  );
}

/** Tools and packages, or a message and exit status 2. */
export function prepare({ tools }) {
  requireNode();
  const missing = missingTools(tools);
  for (const { message } of missing) console.error(message);
  if (missing.length > 0 || !installPackages()) process.exit(2);
}
