/** Writes the list of the linter's rules: each folder of src/golint/rules is one. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../src/golint/rules/", import.meta.url));
const target = `${folder}all.ts`;

export async function buildRules() {
  const entries = await readdir(folder, { withFileTypes: true });
  const ids = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const wrong = ids.find((id) => !/^[a-z]+(?:-[a-z0-9]+)*$/.test(id));
  if (wrong !== undefined) throw new Error(`src/golint/rules/${wrong}: a rule's id is kebab-case.`);
  const name = (id) => id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const text = [
    "/** Written by the build: one line for each folder here. */",
    'import type { Rule } from "../rule.ts";',
    ...ids.map((id) => `import { rule as ${name(id)} } from "./${id}/rule.ts";`),
    "",
    `export const ALL: readonly Rule[] = [${ids.map(name).join(", ")}];`,
    "",
  ].join("\n");
  if ((await readFile(target, "utf8").catch(() => "")) !== text) await writeFile(target, text);
}
