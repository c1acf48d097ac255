// A fix is applied only where the source holds the very lines it changes; then it makes the catalogue's fixed program.
import { describe, expect, test } from "vitest";
import { fixEdits, type SourceEdit } from "../../../src/export/apply-fix.ts";
import { exampleDiff } from "../../../src/export/example-diff.ts";
import { catalog } from "../crosstalk/texts.ts";

function applied(source: string, edits: readonly SourceEdit[]): string {
  const lines = source.split("\n");
  for (const { first, count, lines: added } of [...edits].reverse()) lines.splice(first - 1, count, ...added);
  return lines.join("\n");
}

const scenarios = catalog.causes
  .map(({ id }) => ({ id, files: catalog.page(id)!.files.filter(({ before, after }) => before !== after) }))
  .filter(
    ({ files }) => files.length === 1 && files[0]!.before !== undefined && files[0]!.after !== undefined,
  );

describe("the fix of a scenario", () => {
  test("makes its fixed program out of its own, wherever it can be applied", async () => {
    let fitting = 0;
    for (const { id, files } of scenarios) {
      const [{ before, after } = {}] = files;
      const diffs = await exampleDiff(files);
      const line = diffs[0]!.hunks[0]!.lines.find(({ sign }) => sign === "-")?.text;
      const at = before!.split("\n").findIndex((text) => line !== undefined && text.endsWith(line)) + 1;
      const edits = fixEdits(before!, at, diffs);
      if (!edits) continue;
      fitting++;
      expect(applied(before!, edits), id).toBe(after);
    }
    // Some fixes change several places that read alike, and are rightly left to a person.
    expect(fitting / scenarios.length).toBeGreaterThan(0.6);
  });

  test("keeps the indentation of the source", () => {
    const hunk = [
      { sign: " ", text: "for {" },
      { sign: "-", text: "\tsend(x)" },
      { sign: "+", text: "\ttrySend(x)" },
      { sign: " ", text: "}" },
    ] as const;
    const source = "func f() {\n\t\tfor {\n\t\t\tsend(x)\n\t\t}\n}\n";
    const edits = fixEdits(source, 3, [{ path: "main.go", hunks: [{ lines: hunk }] }]);
    expect(applied(source, edits!)).toBe("func f() {\n\t\tfor {\n\t\t\ttrySend(x)\n\t\t}\n}\n");
  });
});

describe("a fix is left alone", () => {
  const hunk = {
    lines: [
      { sign: " ", text: "a()" },
      { sign: "-", text: "b()" },
    ] as const,
  };
  const diff = [{ path: "main.go", hunks: [hunk] }];

  test.each([
    ["where the lines differ", "a()\nc()\n", 1, diff],
    ["where they stand twice", "a()\nb()\na()\nb()\n", 1, diff],
    ["far from the faulting line", `a()\nb()\n${"\n".repeat(100)}`, 90, diff],
    ["where the indentation is uneven", "\ta()\n\t\tb()\n", 1, diff],
    ["in the middle of a word", "xa()\nxb()\n", 1, diff],
    ["where it changes several files", "a()\nb()\n", 1, [...diff, ...diff]],
    ["where it is a single line", "b()\n", 1, [{ path: "x", hunks: [{ lines: hunk.lines.slice(1) }] }]],
    ["where nothing is to be changed", "a()\nb()\n", 1, []],
  ])("%s", (_why, source, line, diffs) => {
    expect(fixEdits(source, line, diffs)).toBeUndefined();
  });
});
