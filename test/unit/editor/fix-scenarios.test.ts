// A fix is applied only where the source holds the very lines it changes; then it makes the catalogue's fixed program.
import { describe, expect, test } from "vitest";
import { applyFix } from "../../../src/editor/fix-in-source.ts";
import { catalog } from "../crosstalk/texts.ts";

const scenarios = catalog.causes
  .map(({ id }) => ({ id, files: catalog.page(id)!.files.filter(({ before, after }) => before !== after) }))
  .filter(
    ({ files }) => files.length === 1 && files[0]!.before !== undefined && files[0]!.after !== undefined,
  );

/** The first line that the fix changes. */
function changedLine(before: string, after: string): number {
  const [old, mended] = [before.split("\n"), after.split("\n")];
  return old.findIndex((line, index) => line !== mended[index]) + 1;
}

describe("the fix of a scenario", () => {
  test("makes its fixed program out of its own, wherever it can be applied", async () => {
    let fitting = 0;
    for (const { id, files } of scenarios) {
      const { before, after } = files[0]!;
      const mended = await applyFix(before!, changedLine(before!, after!), files);
      if (mended === undefined) continue;
      fitting++;
      expect(mended, id).toBe(after);
    }
    // Some fixes change several places that read alike, and are rightly left to a person.
    expect(fitting / scenarios.length).toBeGreaterThan(0.6);
  });

  test("keeps the indentation of the source", async () => {
    const files = [{ path: "main.go", before: "for {\n\tsend(x)\n}\n", after: "for {\n\ttrySend(x)\n}\n" }];
    const source = "func f() {\n\t\tfor {\n\t\t\tsend(x)\n\t\t}\n}\n";
    expect(await applyFix(source, 3, files)).toBe(source.replace("send", "trySend"));
  });
});

describe("a fix is left alone", () => {
  const files = [{ path: "main.go", before: "a()\nb()\nc()\n", after: "a()\nc()\n" }];

  test("fits where its lines stand", async () => {
    expect(await applyFix("a()\nb()\nc()\n", 1, files)).toBe("a()\nc()\n");
  });

  test.each([
    ["where the lines differ", "a()\nx()\nc()\n", 1, files],
    ["where they stand twice", "a()\nb()\nc()\na()\nb()\nc()\n", 1, files],
    ["far from the faulting line", `a()\nb()\nc()\n${"\n".repeat(100)}`, 90, files],
    ["where the indentation is uneven", "\ta()\n\t\tb()\n\tc()\n", 1, files],
    ["in the middle of a word", "xa()\nxb()\nxc()\n", 1, files],
    ["where it changes several files", "a()\nb()\nc()\n", 1, [...files, { ...files[0]!, path: "b.go" }]],
    ["where too few lines prove it", "b()\n", 1, [{ path: "main.go", before: "b()\n", after: "" }]],
    ["where nothing is to be changed", "a()\nb()\nc()\n", 1, []],
  ])("%s", async (_why, source, line, changed) => {
    expect(await applyFix(source, line, changed)).toBeUndefined();
  });
});
