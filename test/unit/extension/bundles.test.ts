/** What the editor loads at its start stays small; the engine comes with the first crash, the linter's client with a Go file. */
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

test("the engine is a file of its own, which the extension requires", () => {
  const extension = readFileSync(join(dist, "extension.cjs"), "utf8");
  expect(extension).toContain('"./core.cjs"');
  expect(extension.includes("created by ")).toBe(false);
  expect(readFileSync(join(dist, "core.cjs"), "utf8").includes("created by ")).toBe(true);
});

test.each(["extension.cjs", "web/extension.js"])("%s copies no part of the editor's API", (name) => {
  const text = readFileSync(join(dist, name), "utf8");
  expect(/=require\("vscode"\)/.test(text)).toBe(true);
  expect(/\(require\("vscode"\)/.test(text)).toBe(false);
});

test("the bundles are small", () => {
  expect(size("extension.cjs")).toBeLessThan(200 << 10);
  expect(size("extension.cjs") + size("core.cjs") + size("lint-client.cjs")).toBeLessThan(1 << 20);
});
