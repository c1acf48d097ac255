/**
 * The debuggers that recipes are run in. Delve is built once by the Go that is there; gdb is the machine's, or comes
 * from Debian's packages where we may install them.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

/** `{ dlv, gdb }`, each a path; one that cannot be had is absent, with its reason in `problems`. */
export function findDebuggers() {
  const problems = [];
  const dlv = installDelve(problems);
  const gdb = findGdb(problems);
  return { ...(dlv && { dlv }), ...(gdb && { gdb }), problems };
}

function installDelve(problems) {
  const install = join(root, "test/editor/setup/delve-path.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/ts.mjs"), install], {
    cwd: root,
    encoding: "utf8",
  });
  const path = stdout.trim().split("\n").at(-1);
  if (status === 0 && path && existsSync(path)) return path;
  problems.push(`Delve could not be built, and recipes are run in it:\n${stderr}`);
  return undefined;
}

function findGdb(problems) {
  if (works("gdb")) return "gdb";
  if (process.getuid?.() === 0 && works("apt-get")) {
    console.log("Installing gdb (apt-get)");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const install = () =>
      spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "gdb"], { env, stdio: "ignore" });
    // A machine that has never asked for the list of packages does not know gdb.
    if (install().status !== 0) {
      spawnSync("apt-get", ["update"], { env, stdio: "ignore" });
      install();
    }
    if (works("gdb")) return "gdb";
  }
  problems.push(
    "gdb: not found, and recipes for native code are run in it.\n" +
      "    Debian, Ubuntu: sudo apt-get install gdb\n    Fedora:         sudo dnf install gdb",
  );
  return undefined;
}

const works = (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0;

/** The options of `verify --recipes` that name them. */
export function debuggerOptions({ dlv, gdb }) {
  return [...(dlv ? [`--dlv=${dlv}`] : []), ...(gdb && gdb !== "gdb" ? [`--gdb=${gdb}`] : [])];
}
