/**
 * Writes the tables of docs/claims.md: what is often said about Go, and what Go does, from `claim:` of each cause.
 *
 *     node scripts/claims.mjs
 *
 * What stands outside of the two marks is written by hand and stays.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cell, engine, openCatalogue, root } from "./catalogue.mjs";

const file = join(root, "docs/claims.md");
const begin = "<!-- from the catalogue, by node scripts/claims.mjs -->";
const end = "<!-- by hand from here on -->";

/** A claim says first what is believed, then what is so. */
const halves = { en: /^(.+?)[;.] +(.+)$/s, zh: /^(.+?)[；。](.+)$/s };

function split({ id, title, claim }, language) {
  const parts = halves[language].exec(claim[language].trim());
  if (!parts) throw new Error(`${id}: its claim has no second half (${language}): ${claim[language]}`);
  // A package or module keeps its own spelling at the head of a sentence.
  const done = /^[\w-]*[./-]/.test(parts[2]) ? parts[2] : parts[2][0].toUpperCase() + parts[2].slice(1);
  return { id, about: title[language], said: parts[1], done };
}

function table(heading, rows) {
  return [heading, heading.replace(/[^|]+/g, " --- "), ...rows.map(row)].join("\n");
}

const row = ({ id, about, said, done }) => `| ${[about, said, done, id].map(cell).join(" | ")} |`;

/** The claims of the catalogue by cause. Reading the catalogue takes seconds. */
export async function readClaims() {
  const catalog = openCatalogue(await engine());
  return catalog.causes
    .map(({ id, title }) => ({ id, title, claim: catalog.page(id).claim }))
    .filter(({ claim }) => claim)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The page with its tables as the claims have them. Throws when its marks are gone or a claim is half a claim. */
export function claimsPage(page, claims) {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`docs/claims.md lacks its marks: ${begin} and ${end}`);
  const of = (language) => claims.map((claim) => split(claim, language));
  const tables = [
    begin,
    table("| About | Often said | What Go does | Cause |", of("en")),
    "## 中文",
    table("| 关于 | 常见说法 | Go 的实际行为 | 原因 |", of("zh")),
    "",
  ].join("\n\n");
  return page.slice(0, before) + tables + page.slice(after);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const claims = await readClaims();
  writeFileSync(file, claimsPage(readFileSync(file, "utf8"), claims));
  process.stdout.write(`docs/claims.md: ${claims.length} claims\n`);
}
