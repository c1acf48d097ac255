/** The rules for log records, over every text the catalogue's programs printed. */
import { describe, expect, test } from "vitest";
import { CannotPlace, place } from "../../../../src/export/fleet/expression.ts";
import { either, filtersOf } from "../../../../src/export/fleet/filters.ts";
import { judge, records } from "../../../../src/export/fleet/judge.ts";
import { kinds } from "../../../../src/export/fleet/kinds.ts";
import { eventFilters } from "../../../../src/export/fleet/loki.ts";
import { ruleSet } from "../../../../src/export/fleet/rules.ts";
import { compileRe2 } from "../../../../src/faulttree/re2.ts";
import { catalog, diagnoseText, texts } from "../../crosstalk/texts.ts";

const set = ruleSet(catalog.events);
const sides = Object.entries(texts).flatMap(([id, { repro, fixed }]) =>
  [repro, fixed].flatMap((text) => (text === undefined ? [] : [{ id, text }])),
);

const told = (text: string) => {
  const named = records(text).flatMap((record) => {
    const one = judge(record, set);
    return one ? [one.event ?? `unknown/${one.kind}`] : [];
  });
  return [...new Set(named)].sort().join();
};
const diagnosed = (text: string) =>
  [...new Set(diagnoseText(text).map(({ event }) => event.id))].sort().join();

/** Texts one record cannot tell: the word above an abort, and two addresses compared. */
const known = ["native/threads/no-room-for-stacks", "runtime/nil-dereference/bad-function-pointer"];

describe("the rules for records", () => {
  test("name the events that the diagnosis names", () => {
    const differ = sides.filter(({ text }) => told(text) !== diagnosed(text));
    expect(sides.length).toBeGreaterThan(600);
    expect(differ.map(({ id }) => id)).toEqual(known);
  }, 120_000);

  test("do so without the blank lines, which collectors drop", () => {
    const differ = sides.filter(({ text }) => told(text) !== told(text.replace(/\n{2,}/g, "\n")));
    expect(differ.map(({ id }) => id)).toEqual([]);
  }, 120_000);

  test("are exact where they say so", () => {
    const approximate = new Set(
      set.events.filter(({ fidelity }) => fidelity !== "exact").map(({ event }) => event.id),
    );
    for (const id of known) expect(approximate).toContain(id.slice(0, id.lastIndexOf("/")));
    expect(set.events.length).toBe(catalog.events.length);
    expect(set.events.filter(({ fidelity }) => fidelity === "exact").length).toBeGreaterThan(40);
  });

  test("name nothing in the words of a healthy log", () => {
    for (const line of [
      "2026/01/02 15:04:05 served in 3 ms, exit code 0",
      '{"level":"error","msg":"recovered panic: boom"}',
      "goroutine pool resized to 12",
      "no fatal error: none so far",
      "x509: certificate has expired or is not yet valid",
    ])
      expect(judge(line, set), line).toBeUndefined();
  });
});

describe("an expression of the catalogue in a record", () => {
  const setting = { before: "panic: ", filler: "[^\\n]*", after: "$" };
  const finds = (source: string, text: string) => compileRe2(place(source, setting)).test(text);

  test("keeps its anchors where the value begins and ends", () => {
    expect(finds("^boom$", "x\npanic: boom\ny")).toBe(true);
    expect(finds("^boom$", "panic: a boom")).toBe(false);
    expect(finds("boom|^late", "panic: a boom")).toBe(true);
    expect(finds("(^|/)late", "panic: too late")).toBe(false);
    expect(finds("(^|/)late", "panic: too/late")).toBe(true);
    expect(finds("(?i)BOOM", "panic: boom")).toBe(true);
  });

  test("does not run over the line's end", () => {
    for (const source of ["a[^b]*c", "a\\s*c", "a\\Wc", "a.*c", "(?s)a.*c"]) {
      expect(finds(source, "panic: a\nc"), source).toBe(false);
      expect(finds(source, "panic: a c"), source).toBe(true);
    }
  });

  test("is refused where it cannot be placed", () => {
    for (const source of ["a^b", "\\Qa\\E", "[^[:space:]]"])
      expect(() => place(source, setting)).toThrow(CannotPlace);
  });
});

describe("line filters", () => {
  test("say what the question says", () => {
    const passes = (record: string, ask: Parameters<typeof filtersOf>[0]) =>
      filtersOf(ask).some(
        ({ hold, lack }) =>
          hold.every((find) => compileRe2(find).test(record)) &&
          !lack.some((find) => compileRe2(find).test(record)),
      );
    const sample = sides.filter((_side, i) => i % 9 === 0).flatMap(({ text }) => records(text));
    const order = [...new Set(kinds.map(([kind]) => kind))];
    for (const record of sample) {
      const kind = judge(record, set)?.kind;
      expect(
        order.filter((one) => passes(record, { kind: [one] })),
        record.slice(0, 200),
      ).toEqual(kind ? [kind] : []);
    }
  }, 60_000);

  test("join expressions of equal flags alone", () => {
    expect(either(["(?m)^a", "(?m)^b", "(?im)^c"])).toEqual(["(?m)(?:^a|^b)", "(?im)^c"]);
  });

  test("leave no event out", () => {
    expect(eventFilters(set).map(({ event }) => event.id)).toEqual(
      set.events.filter(({ fidelity }) => fidelity !== "none").map(({ event }) => event.id),
    );
  });
});
