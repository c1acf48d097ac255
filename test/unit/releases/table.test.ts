// docs/releases.md says what the recordings hold. UPDATE_GOLDEN=1 makes it anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderTable, tableRows } from "../../golden/releases/table.ts";
import { catalog, source } from "../crosstalk/texts.ts";
import { recorded, root } from "./recordings.ts";

const page = join(root, "docs/releases.md");
const rows = tableRows(recorded, catalog, source);
const now = renderTable(recorded, rows);
if (process.env.UPDATE_GOLDEN) writeFileSync(page, now);

test("the page is what the recordings say", () => {
  expect(readFileSync(page, "utf8")).toBe(now);
});

test("nearly everything does as the catalogue promises", () => {
  const marks = rows.flatMap(({ marks }) => marks).filter(({ sign }) => sign !== "–");
  const promised = marks.filter(({ sign }) => sign === "✓");
  expect(promised.length / marks.length).toBeGreaterThan(0.9);
});
