import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
// @ts-expect-error a script without types
import { claimsPage, readClaims } from "../../../scripts/claims.mjs";

const page = readFileSync(fileURLToPath(new URL("../../../docs/claims.md", import.meta.url)), "utf8");
type Text = { en: string; zh: string };
let claims: { id: string; title: Text; claim: Text }[];

beforeAll(async () => {
  claims = await readClaims();
}, 120_000);

test("docs/claims.md says what the claims of the catalogue say; node scripts/claims.mjs writes it", () => {
  expect(claimsPage(page, claims)).toBe(page);
});

test("a row that is gone comes back, and what is written by hand stays", () => {
  const row = /^\| .*runtime\/sync-misuse\/pool-double-put \|\n/m;
  expect(page).toMatch(row);
  expect(claimsPage(page.replace(row, ""), claims)).toBe(page);
  expect(claimsPage(`${page}One more.\n`, claims)).toBe(`${page}One more.\n`);
});

test("a claim without its second half, and a page without its marks, are refused", () => {
  const half = [{ ...claims[0]!, id: "runtime/x/y", claim: { en: "Often described so.", zh: "常说如此。" } }];
  expect(() => claimsPage(page, half)).toThrow("runtime/x/y");
  expect(() => claimsPage("# Claims\n", claims)).toThrow("marks");
});
