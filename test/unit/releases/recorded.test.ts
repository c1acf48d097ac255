// What the catalogue's programs print under each Go release is diagnosed as it is under the installed one, and
// docs/releases.md says so. UPDATE_GOLDEN=1 makes the page anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needsDiagnosis, rankOf } from "../../../src/verify/judge.ts";
import { differences } from "../../golden/releases/differences.ts";
import { renderTable, tableRows } from "../../golden/releases/table.ts";
import { catalog, diagnoseText, source, textCannotTell } from "../crosstalk/texts.ts";
import { recorded, root } from "./recordings.ts";

/** Go 1.21 prints no address of a fault in C; without it only the source can lift these among the first three. */
const withoutAddress = new Set([
  "native/segv-in-c/finalizer-freed-handle",
  "native/segv-in-c/struct-layout-mismatch",
]);

const rows = tableRows(recorded, catalog, source);

describe.each(recorded.map((each, at) => ({ ...each, at })))("go $release.release", (each) => {
  const { release, recording, at } = each;
  const marked = rows.map(({ scenario, marks }) => ({ scenario, mark: marks[at]! }));
  const inRange = marked.filter(({ mark }) => mark.sign !== "–");
  const printed = inRange.flatMap(({ scenario, mark }) => {
    const cell = recording.cells.get(scenario.id);
    return cell && "text" in cell ? [{ scenario, mark, text: cell.text }] : [];
  });

  test("is recorded with the version of the table, for nearly every scenario", () => {
    expect(recording.version).toBe(release.version);
    expect(printed.length).toBeGreaterThan(280);
    expect(printed.length / inRange.length).toBeGreaterThan(0.8);
  });

  test("does what the catalogue promises, or it is explained", () => {
    const other = inRange.flatMap(({ scenario: { id }, mark }) => (mark.sign === "≠" ? [{ id, mark }] : []));
    expect(other.filter(({ mark }) => !mark.explained)).toEqual([]);
    const stale = differences.filter(
      ({ id, releases }) => releases.includes(release.release) && !other.some((each) => each.id === id),
    );
    expect(stale).toEqual([]);
  });

  test("gives each text its event and no other, and the right cause a place among the first three", () => {
    const textCanTell = (id: string) =>
      !textCannotTell.has(id) && !(release.release === "1.21" && withoutAddress.has(id));
    const wrong = printed.flatMap(({ scenario, mark, text }) => {
      if (!needsDiagnosis(scenario)) return [];
      const bare = diagnoseText(text);
      const wanted = scenario.expect.event ?? scenario.event;
      const strays = bare.map(({ event }) => event.id).filter((id) => id !== wanted);
      const place = Math.min(...bare.map((found) => rankOf(scenario.cause, found) ?? Infinity));
      const low = place > 3 && mark.sign === "✓" && textCanTell(scenario.id);
      return bare.length === 0 || strays.length > 0 || low ? [{ id: scenario.id, strays, place }] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("holds no place of the machine that recorded it", () => {
    const homes = /\/(?:root|home\/(?!dev\/)\w+|Users\/\w+|work)\/|golm-re|toolchain@/;
    const leaking = [...recording.cells].filter(([, cell]) =>
      homes.test("text" in cell ? cell.text : cell.why),
    );
    expect(leaking.map(([id]) => id)).toEqual([]);
  });
});

describe("docs/releases.md", () => {
  const page = join(root, "docs/releases.md");
  const now = renderTable(recorded, rows);
  if (process.env.UPDATE_GOLDEN) writeFileSync(page, now);

  test("is what the recordings say", () => {
    expect(readFileSync(page, "utf8")).toBe(now);
  });
});
