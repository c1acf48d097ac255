/** What the editor loads at its start stays small; the linter's client comes when a Go file is open. */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const dist = resolve(import.meta.dirname, "../../../dist");
const size = (name: string) => statSync(join(dist, name)).size;

test("the linter's client is a file of its own, which the extension requires", () => {
  const extension = readFileSync(join(dist, "extension.cjs"), "utf8");
  expect(extension).toContain('"./lint-client.cjs"');
  expect(extension).not.toContain("textDocument/publishDiagnostics");
  expect(readFileSync(join(dist, "lint-client.cjs"), "utf8")).toContain("textDocument/publishDiagnostics");
  expect(readFileSync(join(dist, "web/extension.js"), "utf8")).not.toContain("lint-client");
});

test("the bundles are small", () => {
  expect(size("extension.cjs") + size("lint-client.cjs")).toBeLessThan(1 << 20);
});
