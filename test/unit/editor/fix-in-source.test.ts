import { expect, test } from "vitest";
import { applyFix } from "../../../src/editor/fix-in-source.ts";
import { catalog } from "../cli/catalogue.ts";

const { files } = catalog.page("runtime/index-out-of-range/off-by-one")!;
/** Where the program fails. */
const LINE = 9;
const { before, after } = files.find((file) => file.before !== file.after)!;

test("the catalogue's own program is mended into its fixed one", async () => {
  expect(await applyFix(before!, LINE, files)).toBe(after);
});

test("code that stands deeper in a file is mended where it stands, and Windows' line ends stay", async () => {
  const deeper = before!.replace(/^(?=.)/gm, "\t").replaceAll("\n", "\r\n");
  expect(await applyFix(deeper, LINE, files)).toBe(after!.replace(/^(?=.)/gm, "\t").replaceAll("\n", "\r\n"));
});

test("anything else is left alone", async () => {
  expect(await applyFix(after!, LINE, files)).toBeUndefined();
  expect(await applyFix(before!.replaceAll("scores", "values"), LINE, files)).toBeUndefined();
  expect(await applyFix(`${before!}\n${before!}`, LINE, files)).toBeUndefined();
  expect(await applyFix("", LINE, files)).toBeUndefined();
  expect(await applyFix(before!, LINE, [])).toBeUndefined();
});
