/**
 * `npm run bench [-- --write] [--rounds N] [--only parse,whole,scan,flat,hostile,memory]`: our speed beside the peers', all on
 * the same files in one run. `--write` puts the tables into bench/README.md.
 *
 * `npm run bench -- lint`: from a key to the linter's diagnostics, in the build that is there.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { flat, memory, parse, scan, whole } from "../bench/cases.mjs";
import { hostile } from "../bench/hostile.mjs";
import { prepare, root } from "../bench/prepare.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    only: { type: "string", default: "parse,whole,scan,flat,hostile,memory" },
  },
});

const cases = { parse, whole, scan, flat, hostile, memory };

const BEGIN = "<!-- figures: begin -->";
const END = "<!-- figures: end -->";

function table({ title, head, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = line(head.map((_, i) => (i === 0 ? "---" : "---:")));
  return [`### ${title}`, "", line(head), rule, ...rows.map(line), ""].join("\n");
}

/** The machine by its shape, without its name. */
function machine(tools) {
  const go = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]
    .model.replace(/\((R|TM)\)/g, "")
    .trim();
  return `${cpus().length} cores (${model}), ${memory} GB, Linux; Node ${process.version}, ${go}, ${tools.rg?.version ?? "no ripgrep"}; ${values.rounds} rounds; load before it ${loadavg()[0].toFixed(1)}.`;
}

async function main() {
  if (!existsSync(join(root, "dist/cli.js")))
    execFileSync("npm", ["run", "build"], { cwd: root, stdio: "inherit" });
  const tools = await prepare();
  const parts = [`Measured on ${machine(tools)}`, ""];
  console.log(parts[0], "\n");
  for (const name of values.only.split(",")) {
    if (!cases[name]) throw new Error(`no case ${name}`);
    const text = table(await cases[name](tools, Number(values.rounds)));
    parts.push(text);
    console.log(text);
  }
  if (values.write) write(parts.join("\n"));
}

function write(text) {
  const path = join(root, "bench/README.md");
  const old = readFileSync(path, "utf8");
  const [before, rest] = old.split(BEGIN);
  const after = rest.split(END)[1];
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n${END}${after}`);
  console.log(`written to bench/README.md`);
}

if (positionals[0] === "lint") {
  const run = [join(root, "scripts/ts.mjs"), "bench/lint/keystrokes.ts"];
  execFileSync(process.execPath, run, { cwd: root, stdio: "inherit" });
} else await main();
