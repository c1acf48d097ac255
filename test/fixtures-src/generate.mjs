// Makes the fixtures of test/golden/trace by really crashing the programs beside this file. Run by hand:
//   node test/fixtures-src/generate.mjs [FORM[/NAME-PREFIX]...]
// Wrapped forms are made from the raw fixtures already there. Not part of `npm test`.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { count } from "./lib/count.mjs";
import { finish } from "./lib/expect.mjs";
import { build, environment, neutral, run } from "./lib/toolchain.mjs";
import { tables } from "./tables/index.mjs";

const golden = fileURLToPath(new URL("../golden/trace", import.meta.url));
const wanted = process.argv.slice(2);

function save(form, name, bytes, expectation) {
  const path = join(golden, form, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.txt`, bytes);
  writeFileSync(`${path}.expect.json`, `${JSON.stringify(expectation, null, 2)}\n`);
}

/** Builds, runs and neutralises one row; a row with `text` brings its own bytes. */
async function produce(row) {
  if (row.text) return row.text();
  const { dir, out } = row.command
    ? { dir: (await import("./lib/toolchain.mjs")).place(row.program, row.go, row.root) }
    : build({
        program: row.program,
        go: row.go,
        flags: row.flags,
        env: row.buildEnv,
        root: row.root,
        target: row.target,
      });
  const command = (row.command ?? "exec $BIN").replaceAll("$BIN", `${out} ${(row.args ?? []).join(" ")}`);
  const result = await run(command, {
    cwd: dir,
    env: environment(row.go, { ...row.buildEnv, ...row.env }),
    signal: row.signal,
    limit: row.limit,
  });
  const text = neutral(result.text.toString("utf8"), row.go);
  return row.edit ? row.edit(text) : text;
}

/** `healthy`: no crash; a reader may report the goroutines as a dump, or nothing. */
function expectation(row, text) {
  if (row.crashes === "healthy") return { healthy: true };
  const crashes = typeof row.crashes === "function" ? row.crashes(text) : row.crashes;
  return { crashes: crashes.map((crash) => finish(crash, { program: row.program, text })) };
}

let failed = 0;
for (const row of tables) {
  const id = `${row.form}/${row.name}`;
  if (wanted.length > 0 && !wanted.some((want) => id.startsWith(want))) continue;
  try {
    const text = await produce(row);
    const whole = typeof text === "string" ? text : Buffer.from(text).toString("utf8");
    save(row.form, row.name, text, expectation(row, whole));
    console.log(`${id}: ${whole.length} bytes`);
  } catch (error) {
    failed++;
    console.error(`${id}: ${error.message}`);
  }
}
count(golden);
process.exit(failed ? 1 : 0);
