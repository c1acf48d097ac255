/** The folder of installed things: each is whole or not there, and is made once. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository: where vitest and our scripts run. */
export const ROOT = process.cwd();

export const STORE = resolve(process.env.GOLM_EDITORS || join(ROOT, ".cache/editors"));

/** Raised when the way things are installed changes. Part of the name: two checkouts may share a store. */
const RECIPE = 3;

/** Written last. */
const MARKER = ".whole";

/** Makes `name` unless it is there, trying twice; returns its folder. `make` fills the folder it is given. */
export async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const target = join(STORE, `${name}.r${RECIPE}`);
  if (existsSync(join(target, MARKER))) return target;
  removeLeftovers();
  try {
    await attempt(target, make);
  } catch (error) {
    console.error(`Installing ${name} failed, trying once more: ${(error as Error).message}`);
    await attempt(target, make);
  }
  return target;
}

async function attempt(target: string, make: (folder: string) => Promise<void>): Promise<void> {
  const begun = performance.now();
  const draft = `${target}.${process.pid}.tmp`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    await make(draft);
    writeFileSync(join(draft, MARKER), "");
    // Another run may have finished first; its result is as good.
    if (!existsSync(join(target, MARKER))) {
      rmSync(target, { recursive: true, force: true });
      renameSync(draft, target);
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  console.log(`Installed ${target} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Drafts of runs that were killed. */
function removeLeftovers(): void {
  if (!existsSync(STORE)) return;
  for (const name of readdirSync(STORE)) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(STORE, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
