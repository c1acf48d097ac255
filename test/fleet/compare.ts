/**
 * `npm run test:fleet`: runs the exported rules on the engines themselves, over all crash texts of the catalogue, and
 * compares what they name with what the diagnosis names. Fails when they agree on fewer than before. With `--write`
 * the table goes into docs/fleet.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, records } from "../../src/export/fleet/judge.ts";
import { ruleSet } from "../../src/export/fleet/rules.ts";
import { alerted, collected, type EngineRecord } from "./engines.ts";
import { comparedInRust } from "./ripgrep.ts";
import { catalog, root, type Text, texts } from "./texts.ts";

/** Texts an engine may name otherwise: a new rule that costs more has to be looked at. */
const allowed = { ours: 3, otelcol: 3, loki: 20 };

const set = ruleSet(catalog.events);
const all = texts();
const folder = mkdtempSync(join(tmpdir(), "golm-fleet-"));

interface Result {
  readonly engine: string;
  readonly ran: string;
  readonly misses: readonly string[];
}

/** Texts for which the events named, each once, are not those of the diagnosis. */
function misses(named: (text: Text, index: number) => readonly (string | undefined)[]): string[] {
  return all.flatMap((text, index) => {
    const theirs = [...new Set(named(text, index))].filter((event) => event !== undefined).sort();
    if (theirs.join() === text.events.join()) return [];
    const told = (events: readonly string[]) =>
      events.map((event) => `\`${event}\``).join(" and ") || "nothing";
    return [`\`${text.name.split(" ")[0]}\`: ${told(text.events)}, here ${told(theirs)}`];
  });
}

/** How the groups of `golm.fingerprint` compare with the fingerprints of the diagnosis. */
function groups(passed: readonly EngineRecord[]): string {
  const pairs = all.flatMap(({ fingerprint }, index) => {
    const [only, ...more] = passed.filter(
      (record) => record.text === index && record.fingerprint !== undefined,
    );
    return fingerprint !== undefined && only && more.length === 0
      ? [[fingerprint, only.fingerprint!] as const]
      : [];
  });
  const distinct = (of: readonly string[]) => new Set(of).size;
  const both = distinct(pairs.map((pair) => pair.join()));
  const [ours, theirs] = [distinct(pairs.map(([one]) => one)), distinct(pairs.map(([, one]) => one))];
  return `${pairs.length} single crashes: ${ours} fingerprints of the diagnosis, ${theirs} of the Collector; ${both - theirs} of ours share one of theirs with another, ${both - ours} of theirs split one of ours.`;
}

function table(results: readonly Result[], more: readonly string[]): string {
  const rows = results.map(
    ({ engine, ran, misses: { length } }) =>
      `| ${engine} | ${ran} | ${all.length} | ${all.length - length} |`,
  );
  const lists = results.flatMap(({ engine, misses: list }) =>
    list.length === 0 ? [] : ["", `${engine}, where it differs:`, "", ...list.map((miss) => `- ${miss}`)],
  );
  return [
    "| engine | what was run | texts | agree |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...more,
    ...lists,
  ].join("\n");
}

try {
  const plain = all.map(({ text }) => records(text).filter((record) => record !== ""));
  const told = plain.map((list) => list.map((record) => judge(record, set)));
  const results: Result[] = [
    {
      engine: "the rules alone",
      ran: "JavaScript's regular expressions, in the unit tests",
      misses: misses((_text, i) => told[i]!.map((one) => one && (one.event ?? `unknown/${one.kind}`))),
    },
  ];
  const passed = await collected(all, set, folder, plain.flat().length);
  results.push({
    engine: "OpenTelemetry Collector",
    ran: "the exported configuration: filelog receiver 0.165.1 with recombine, transform processor 0.161.0",
    misses: misses((_text, i) => passed.flatMap((record) => (record.text === i ? [record.event] : []))),
  });
  const alerts = alerted(
    passed.map(({ body }) => body),
    set,
  );
  results.push({
    engine: "Loki",
    ran: "the exported alerts, by the query engine of Loki 1.6.1, over the records of the Collector",
    misses: misses((_text, i) => passed.flatMap((record, j) => (record.text === i ? alerts[j]! : []))),
  });
  const crashes = plain.flat().filter((_record, i) => told.flat()[i]);
  const inRust = comparedInRust(set, crashes, folder);
  const text = table(results, [
    `Vector: its program was not run, because Vector cannot be had from the registries this project builds from. Its ${inRust.expressions} expressions were put to ${inRust.records} crash records by ripgrep, which runs Rust's regular expressions as Vector does: ${inRust.expressions - inRust.differ.length} find what ours find.`,
    "",
    `Grouping, ${groups(passed)}`,
  ]);
  console.log(text);
  for (const expression of inRust.differ) console.log(`differs in Rust: ${expression}`);
  if (process.argv.includes("--write")) write(text);
  const limits = [allowed.ours, allowed.otelcol, allowed.loki];
  const failed =
    results.filter(({ misses: list }, i) => list.length > limits[i]!).length +
    (inRust.differ.length > 0 ? 1 : 0);
  console.log(`\n${results.length + 1 - failed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(text: string): void {
  const page = join(root, "docs/fleet.md");
  const [begin, end] = ["<!-- compared -->", "<!-- /compared -->"];
  const before = readFileSync(page, "utf8");
  const [head, rest] = before.split(begin) as [string, string];
  writeFileSync(page, `${head}${begin}\n${text}\n${end}${rest.split(end)[1]}`);
}
