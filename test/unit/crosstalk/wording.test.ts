// Which event each crash text of test/golden/trace gets, over all Go versions, carriers and cuts: a new wording of the
// runtime, or an event that reaches too far, shows here. UPDATE_GOLDEN=1 writes the table anew, to be reviewed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../../src/faulttree/index.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { catalog } from "./texts.ts";

const golden = join(import.meta.dirname, "../../golden");
const table = join(golden, "crosstalk/events.txt");

/** Crashes no event should claim, with the reason. */
const unknownBecause: Readonly<Record<string, string>> = {
  "mangled/cut-in-header": "the input ends within the words of the header",
  "mangled/head-cut-in-line": "the header is missing; only frames are left",
  "mangled/head-cut-in-value": "the header's words are cut before they tell the fault",
  "mangled/head-missing": "the header is missing; only frames are left",
};

function eventsOf(file: string): string {
  const bytes = readFileSync(file);
  const events = readTrace(bytes).map((report) => {
    const text = bytes.subarray(report.at.start, report.at.end).toString("utf8");
    return diagnose(report, catalog, { text }).event.id;
  });
  return events.length > 0 ? events.join(" ") : "nothing";
}

const rows: string[] = [];
for (const form of readdirSync(join(golden, "trace"), { withFileTypes: true }).filter((e) => e.isDirectory()))
  for (const name of readdirSync(join(golden, "trace", form.name)).filter((n) => n.endsWith(".txt")))
    rows.push(`${form.name}/${basename(name, ".txt")}: ${eventsOf(join(golden, "trace", form.name, name))}`);
rows.sort();

if (process.env.UPDATE_GOLDEN) writeFileSync(table, `${rows.join("\n")}\n`);

describe("crash texts of all Go versions", () => {
  const reviewed = readFileSync(table, "utf8").trimEnd().split("\n");

  test("get the events that were reviewed", () => {
    // New fixtures wait for their review in the next update; those reviewed must not change.
    const name = (row: string) => row.slice(0, row.indexOf(": "));
    const now = new Map(rows.map((row) => [name(row), row]));
    const changed = reviewed.filter((row) => now.get(name(row)) !== row && now.has(name(row)));
    expect(changed.map((row) => `${row} -> ${now.get(name(row))}`)).toEqual([]);
    expect(reviewed.length / rows.length).toBeGreaterThan(0.9);
  });

  test("are unknown only where a reason is written down", () => {
    const unknown = rows.filter(
      (row) => row.includes("unknown/") && !Object.hasOwn(unknownBecause, row.slice(0, row.indexOf(": "))),
    );
    expect(unknown).toEqual([]);
  });
});
