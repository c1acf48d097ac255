/** What the catalogue's recipes promise, and that docs/recipes.md lists them as they are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Catalog } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { dapRecipe, dlvScript, gdbScript, parseRecipe, type RecipeKind } from "../../../src/recipe/index.ts";

const root = join(import.meta.dirname, "../../..");
const { catalog } = compileCatalog(join(root, "catalog"));
const opened = new Catalog(catalog.index, () => catalog.pages);
const KINDS: readonly RecipeKind[] = ["live", "core", "gdb"];
const all = opened.causes.flatMap(({ id }) => {
  const { recipes } = opened.page(id)!;
  return KINDS.flatMap((kind) => (recipes[kind] ? [{ id, kind, recipe: recipes[kind]! }] : []));
});

describe("every recipe of the catalogue", () => {
  test("there are enough of each kind", () => {
    const count = (kind: RecipeKind) => all.filter((each) => each.kind === kind).length;
    expect(count("live")).toBeGreaterThanOrEqual(200);
    expect(count("core")).toBeGreaterThanOrEqual(120);
    expect(count("gdb")).toBeGreaterThanOrEqual(40);
  });

  test("says what must be seen", () => {
    const blind = all.filter(
      ({ recipe }) => recipe.sees === undefined && !recipe.steps.some((step) => step.sees !== undefined),
    );
    expect(blind.map(({ id, kind }) => `${id} ${kind}`)).toEqual([]);
  });

  test("names no frame by number, and leaves nothing to fill in", () => {
    const left = all.filter(({ recipe }) =>
      recipe.steps.some(
        ({ command = "", print = "", breakpoint = "", condition = "", watch = "", frame = "" }) =>
          /^frame \d+|\bframe \d+ /.test(command) ||
          /^\d+$/.test(frame) ||
          /\b(?:ADDR(?:ESS)?|OBJECT|SLOT|CHANNEL|GOID|FRAME|LINE|FUNCTION|NAME)\b/.test(
            [command, print, breakpoint, condition, watch].join(" "),
          ),
      ),
    );
    expect(left.map(({ id, kind }) => `${id} ${kind}`)).toEqual([]);
  });

  test("renders for each debugger, in both languages", () => {
    for (const { id, kind, recipe } of all) {
      const parsed = parseRecipe(id, kind, recipe);
      for (const language of ["en", "zh-cn"] as const) {
        const options = { language, file: "golm.star" };
        const text = kind === "gdb" ? gdbScript(parsed, options) : dlvScript(parsed, options);
        expect(text.split("\n")[1]).toBe(`# ${language === "en" ? recipe.title.en : recipe.title.zh}`);
        expect(dapRecipe(parsed, options).stops.length).toBe(parsed.stops.length);
      }
    }
  });
});

test("docs/recipes.md lists every recipe, and none failed", () => {
  const page = readFileSync(join(root, "docs/recipes.md"), "utf8");
  const rows = [...page.matchAll(/^## (\S+)$|^\| ([a-z0-9-]+) \| (.+) \((live|core|gdb)(?:, \w+)?\) \|/gm)];
  const listed: string[] = [];
  let event = "";
  for (const [, heading, cause, , kind] of rows) {
    if (heading !== undefined) event = heading;
    else listed.push(`${event}/${cause} ${kind}`);
  }
  expect(listed.sort()).toEqual(all.map(({ id, kind }) => `${id} ${kind}`).sort());
  expect(page).not.toContain("**failed**");
});
