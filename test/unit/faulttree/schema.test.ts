import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
// @ts-expect-error a script without types
import { schemaFiles } from "../../../scripts/schema.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = (await schemaFiles()) as Record<string, string>;
const schemaOf = (name: string) =>
  new Ajv({ strict: false }).compile(JSON.parse(files[`schema/${name}.schema.json`]!));

test.each(Object.keys(files))("%s is what src/faulttree/schema.ts says; npm run build writes it", (name) => {
  expect(existsSync(root + name)).toBe(true);
  expect(readFileSync(root + name, "utf8")).toBe(files[name]);
});

test("an editor accepts what the loader accepts", () => {
  for (const name of ["event", "cause"]) {
    const validate = schemaOf(name);
    for (const path of readdirSync(`${root}catalog`, { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(`/${name}.yaml`)) continue;
      const valid = validate(parse(readFileSync(`${root}catalog/${path}`, "utf8")));
      expect(valid ? [] : validate.errors, path).toEqual([]);
    }
  }
});

test("an editor marks unknown fields and bad comparisons, at any depth", () => {
  const validate = schemaOf("event");
  const event = {
    title: { en: "a", zh: "甲" },
    proves: { en: "a", zh: "甲" },
    severity: "high",
    match: [{ any: [{ not: { frame: { function: "x" } } }] }],
  };
  expect(validate(event)).toBe(true);
  expect(validate({ ...event, match: [{ any: [{ not: { frames: { function: "x" } } }] }] })).toBe(false);
  expect(validate({ ...event, match: [{ all: [{ goroutineCount: "many" }] }] })).toBe(false);
  expect(validate({ ...event, sverity: "high" })).toBe(false);
});
