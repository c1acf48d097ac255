import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { expressionsOf } from "../../../src/faulttree/conditions.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { askGo, whyRunsAway } from "./regexp.ts";

const { catalog, errors } = compileCatalog(fileURLToPath(new URL("../../../catalog", import.meta.url)));

/** Every expression of the catalogue with the scenarios that use it. */
function expressions(): Map<string, string[]> {
  const users = new Map<string, string[]>();
  const add = (source: string | undefined, user: string) => {
    if (source !== undefined) users.set(source, [...(users.get(source) ?? []), user]);
  };
  for (const { id, match } of catalog.index.events)
    for (const condition of match) for (const { source } of expressionsOf(condition)) add(source, id);
  for (const { id, evidence } of catalog.index.causes)
    for (const rule of evidence)
      for (const { source } of expressionsOf(rule.when)) add(source, `${id} evidence ${rule.id}`);
  return users;
}

/** Expectations of verify: they see this project's own output, so that Go must accept them but nobody attacks them. */
function expectations(): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const [id, { repro, fixed }] of Object.entries(catalog.pages.causes))
    for (const source of [repro.expect.output, repro.expect.location, fixed.output])
      if (source !== undefined) users.set(source, [...(users.get(source) ?? []), id]);
  return users;
}

describe("the catalogue", () => {
  test("has no errors", () => {
    expect(errors).toEqual([]);
  });

  test("has expressions that Go's regexp compiles", () => {
    const all = [...expressions(), ...expectations()];
    const answers = askGo(all.map(([re]) => ({ re, text: "" })));
    const refused = all.flatMap(([re, users], i) =>
      answers[i]!.error ? [`${users.join(", ")}: ${re}: ${answers[i]!.error}`] : [],
    );
    expect(all.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  }, 120_000);

  test("has expressions that none can make run away", async () => {
    const recorded = readRecord();
    const proven: string[] = [];
    const refused: string[] = [];
    for (const [re, users] of expressions()) {
      const why = recorded.has(re) ? undefined : await whyRunsAway(re);
      if (why === undefined) proven.push(re);
      else refused.push(`${users.join(", ")}: ${re}: ${why}`);
    }
    if (process.env.UPDATE_GOLDEN)
      writeFileSync(
        record,
        `${proven
          .map((re) => JSON.stringify(re))
          .sort()
          .join("\n")}\n`,
      );
    expect(refused).toEqual([]);
  }, 900_000);

  test("has a record of proofs that can be made again", async () => {
    const lines = [...readRecord()];
    const step = Math.max(1, Math.ceil(lines.length / 8));
    for (let i = 0; i < lines.length; i += step)
      expect(await whyRunsAway(lines[i]!), lines[i]).toBeUndefined();
  }, 200_000);
});

/**
 * A proof takes a tenth of a second or more, and there are hundreds: those made before are kept as a list of
 * the expressions. UPDATE_GOLDEN=1 writes it anew.
 */
const record = fileURLToPath(new URL("proven.txt", import.meta.url));

function readRecord(): Set<string> {
  if (!existsSync(record)) return new Set();
  const lines = readFileSync(record, "utf8").trim().split("\n");
  return new Set(lines.map((line) => JSON.parse(line) as string));
}
