/** A Chromium: an installed one, else one out of an npm package, else Debian's. Never a silent skip. */
import { spawnSync } from "node:child_process";
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { run, unpack } from "./npm.ts";
import { once } from "./store.ts";
import { CHROMIUM_PACKAGE } from "./versions.ts";

export interface Chromium {
  readonly path: string;
  /** Shown once per run: what it is and where it came from. */
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
}

const INSTALLED = [
  "chromium",
  "google-chrome-stable",
  "google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const MISSING = `Chromium: not found. The editor tests drive VS Code in it.
    Debian:  sudo apt-get install chromium
    Fedora:  sudo dnf install chromium
    macOS:   brew install --cask google-chrome
    or set GOLM_CHROMIUM to the path of a Chromium or Chrome.`;

/** Throws a sentence that says how to get one. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.GOLM_CHROMIUM;
  if (named === "package") return fromPackage();
  if (named) {
    const found = tryOut(named);
    if (!found) throw new Error(`GOLM_CHROMIUM names ${named}, which does not run.`);
    return found;
  }
  for (const name of INSTALLED) {
    const found = tryOut(name);
    if (found) return found;
  }
  let reason = "";
  if (process.platform === "linux" && process.arch === "x64") {
    try {
      return await fromPackage();
    } catch (error) {
      reason = `\n${(error as Error).message}`;
    }
  }
  const found = await fromDebian();
  if (!found) throw new Error(MISSING + reason);
  return found;
}

/** Playwright asks for a path: a name alone is none. */
function inPath(name: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}

function tryOut(name: string, env: Record<string, string> = {}): Chromium | undefined {
  const path = isAbsolute(name) ? name : inPath(name);
  const { status, stdout } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
  return status === 0 ? { path, version: stdout.trim(), env } : undefined;
}

/** Needs no root: the package holds Chromium's headless shell, compressed, and the libraries a bare system lacks. */
async function fromPackage(): Promise<Chromium> {
  const name = CHROMIUM_PACKAGE.replace(/^@.*\//, "").replace("@", "-");
  const folder = await once(name, async (draft) => {
    await unpack(CHROMIUM_PACKAGE, draft, { paths: ["bin"] });
    const binary = join(draft, "chromium");
    await decompress(join(draft, "bin/chromium.br"), binary);
    chmodSync(binary, 0o755);
    for (const [archive, target] of [
      ["al2023", "libraries"],
      ["swiftshader", "."],
    ] as const) {
      const tar = join(draft, `${archive}.tar`);
      await decompress(join(draft, `bin/${archive}.tar.br`), tar);
      mkdirSync(join(draft, target), { recursive: true });
      await run("tar", ["-xf", tar, "--no-same-owner", "-C", join(draft, target)], draft);
      rmSync(tar);
    }
    rmSync(join(draft, "bin"), { recursive: true });
  });
  const path = join(folder, "chromium");
  const found = tryOut(path) ?? tryOut(path, { LD_LIBRARY_PATH: join(folder, "libraries/lib") });
  if (found) return found;
  const { stdout } = spawnSync("ldd", [path], { encoding: "utf8" });
  throw new Error(
    `The Chromium of ${CHROMIUM_PACKAGE} does not run here:\n${stdout?.match(/.*not found/g)?.join("\n")}`,
  );
}

const decompress = (from: string, to: string) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

async function fromDebian(): Promise<Chromium | undefined> {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return undefined;
  console.log("Installing Debian's chromium");
  await run("apt-get", ["update", "-qq"], "/");
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], "/");
  return tryOut("chromium");
}
