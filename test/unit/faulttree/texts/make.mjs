// Runs every program here with the installed Go and keeps what it prints: NAME/ gives NAME.txt.
//   node make.mjs [NAME...]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const flags = { racing: ["-race"] };
const wanted = process.argv.slice(2);
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (wanted.length === 0 || wanted.includes(entry.name)))
  .map(({ name }) => name);

for (const name of names) {
  const folder = mkdtempSync(join(tmpdir(), "golm-texts-"));
  const program = join(folder, name);
  const env = { ...process.env, GOFLAGS: "", GOTRACEBACK: "" };
  const isTest = name === "timeout";
  const build = isTest ? ["test", "-c"] : ["build", ...(flags[name] ?? [])];
  const built = spawnSync("go", [...build, "-trimpath", "-o", program, `./${name}`], {
    cwd: here,
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(built.stderr);
  const args = isTest ? ["-test.timeout=1s"] : [];
  const { stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
  writeFileSync(join(here, `${name}.txt`), stdout + stderr);
  rmSync(folder, { recursive: true });
}
