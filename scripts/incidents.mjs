/**
 * Writes docs/incidents.md: which cause stands for each incident of a list, and how far its known header leads.
 *
 *     node scripts/incidents.mjs RECORDS.jsonl
 *
 * A record is a line of JSON with `id`, `refs`, `panic_header` (null when unknown) and `header_kind`. The list is no
 * part of the project; of its words, ids and references alone come into the page.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cell, engine, openCatalogue, root } from "./catalogue.mjs";

/** Causes by the incident they stand for. */
function causesByIncident(catalog) {
  const found = new Map();
  for (const { id } of catalog.causes)
    for (const incident of catalog.page(id).incidents ?? [])
      found.set(incident, [...(found.get(incident) ?? []), id]);
  return found;
}

/** Headers are often known with letters for their numbers: enough for the event, not for the cause. */
const placeholder = /\b[NMKXn]\b|<[^>]*>|\.\.\.|…/;

function withNumbers(header) {
  return header
    .replace(/\[(:?)[NMKX]/g, (_all, colon) => `[${colon}7`)
    .replace(/\bwith (length|capacity) [NMKX]\b/g, "with $1 3")
    .replace(/\b[NMKX]\b/g, "7");
}

/** What the header alone leads to: its event, and the place of the cause where the header is known to the digit. */
function ranked({ readTrace, diagnose }, catalog, record, causes) {
  const header = record.panic_header;
  if (!header) return { event: "", place: "" };
  const exact = !placeholder.test(header);
  const known = exact ? header : withNumbers(header);
  const text = /^(panic|fatal error|unexpected fault|SIG[A-Z]+): /.test(header)
    ? `${known}\n\ngoroutine 7 [running]:\n`
    : `${known}\n`;
  const [report] = readTrace(text);
  if (!report) return { event: "no crash text", place: "" };
  const { event, causes: order } = diagnose(report, catalog);
  // Of equals, each has the last place: the order of a tie proves nothing.
  const places = order
    .filter(({ id }) => causes.includes(id))
    .map((own) => order.filter(({ confidence }) => confidence >= own.confidence).length);
  const place = exact && places.length > 0 ? `${Math.min(...places)} of ${order.length}` : "";
  return { event: event.id, place };
}

function page(rows) {
  const without = rows.filter(({ causes }) => causes.length === 0);
  const withCause = rows.filter(({ causes }) => causes.length > 0);
  const known = withCause.filter(({ event }) => event !== "" && event !== "no crash text");
  const agree = known.filter(({ event, causes }) => causes.some((cause) => cause.startsWith(`${event}/`)));
  const placed = withCause.filter(({ place }) => place !== "");
  const among = (n) => placed.filter(({ place }) => Number.parseInt(place, 10) <= n).length;
  return `# Incidents

Public crashes of Go services that serve language models, and the cause of the catalogue that stands for each. Made by
\`node scripts/incidents.mjs RECORDS.jsonl\`; a cause names its incidents in \`incidents:\` of its cause.yaml.

- ${rows.length} incidents; ${withCause.length} have a cause, ${without.length} have none.
- ${known.length} of those with a cause have a known header that reads as a crash; for ${agree.length} it leads to the event of the cause.
- For ${placed.length} the header is known to the digit: without frames and source the cause is first for ${among(1)}, among the first three for ${among(3)}.

*Event by header* is what the first lines alone lead to. *Place* is that of the cause among those ranked, without a
frame and without source; it is empty where the header is known only with letters for its numbers.

| Incident | Reference | Cause | Event by header | Place |
| --- | --- | --- | --- | --- |
${withCause.map((row) => `| ${row.id} | ${cell(row.refs.join(", "))} | ${row.causes.join(", ")} | ${row.event} | ${row.place} |`).join("\n")}

## Without a cause

${
  without.length === 0
    ? "None."
    : `| Incident | Reference | Kind | Event by header |
| --- | --- | --- | --- |
${without.map((row) => `| ${row.id} | ${cell(row.refs.join(", "))} | ${row.category} | ${row.event} |`).join("\n")}`
}
`;
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: node scripts/incidents.mjs RECORDS.jsonl\n");
  process.exit(2);
}
const parts = await engine();
const catalog = openCatalogue(parts);
const byIncident = causesByIncident(catalog);
const records = readFileSync(file, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const rows = records.map((record) => {
  const causes = byIncident.get(record.id) ?? [];
  return {
    id: record.id,
    refs: record.refs ?? [],
    category: record.category ?? "",
    causes,
    ...ranked(parts, catalog, record, causes),
  };
});
writeFileSync(join(root, "docs/incidents.md"), page(rows));
process.stdout.write(
  `docs/incidents.md: ${rows.length} incidents, ${rows.filter(({ causes }) => causes.length === 0).length} without a cause\n`,
);
