// What the catalogue's programs print under each Go release is diagnosed as it is under the installed one.
import { describe, expect, test } from "vitest";
import { needsDiagnosis, rankOf } from "../../../src/verify/judge.ts";
import { goInRange, selectScenarios } from "../../../src/verify/scenario.ts";
import { differences } from "../../golden/releases/differences.ts";
import { verdictOn } from "../../golden/releases/outcome.ts";
import { catalog, diagnoseText, source, textCannotTell } from "../crosstalk/texts.ts";
import { recorded } from "./recordings.ts";

const scenarios = selectScenarios(catalog);
const explained = new Set(differences.flatMap(({ id, releases }) => releases.map((each) => `${id} ${each}`)));

/** Go 1.21 prints no address of a fault in C; without it only the source can lift these among the first three. */
const withoutAddress = new Set([
  "native/segv-in-c/finalizer-freed-handle",
  "native/segv-in-c/struct-layout-mismatch",
]);

const textCanTell = (id: string, release: string) =>
  !textCannotTell.has(id) && !(release === "1.21" && withoutAddress.has(id));

describe.each(recorded)("go $release.release", ({ release, recording }) => {
  const inRange = scenarios.filter(({ go }) => goInRange(release.release, go));
  const printed = inRange.flatMap((scenario) => {
    const cell = recording.cells.get(scenario.id);
    return cell && "text" in cell ? [{ scenario, text: cell.text }] : [];
  });
  const crashed = printed.filter(
    ({ scenario }) => needsDiagnosis(scenario) && !explained.has(`${scenario.id} ${release.release}`),
  );

  test("is recorded with the version of the table, for nearly every scenario", () => {
    expect(recording.version).toBe(release.version);
    expect(printed.length).toBeGreaterThan(240);
    expect(printed.length / inRange.length).toBeGreaterThan(0.85);
  });

  test("does what the catalogue promises, or it is explained", () => {
    const other = printed.flatMap(({ scenario, text }) => {
      const { word, problems } = verdictOn(scenario, text, catalog, source);
      return word === "as promised" ? [] : [{ id: scenario.id, why: `${word}: ${problems.join("; ")}` }];
    });
    expect(other.filter(({ id }) => !explained.has(`${id} ${release.release}`))).toEqual([]);
    const stale = differences.filter(
      ({ id, releases }) => releases.includes(release.release) && !other.some((each) => each.id === id),
    );
    expect(stale).toEqual([]);
  });

  test("gives each text its event and no other, and the right cause a place among the first three", () => {
    const wrong = crashed.flatMap(({ scenario, text }) => {
      const bare = diagnoseText(text);
      const wanted = scenario.expect.event ?? scenario.event;
      const strays = bare.map(({ event }) => event.id).filter((id) => id !== wanted);
      const place = Math.min(...bare.map((each) => rankOf(scenario.cause, each) ?? Infinity));
      const low = place > 3 && textCanTell(scenario.id, release.release);
      return bare.length === 0 || strays.length > 0 || low ? [{ id: scenario.id, strays, place }] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("holds no place of the machine that recorded it", () => {
    const homes = /\/(?:root|home\/(?!dev\/)\w+|Users\/\w+|work)\/|golm-re|toolchain@/;
    const leaking = [...recording.cells].filter(([, cell]) =>
      homes.test("text" in cell ? cell.text : cell.why),
    );
    expect(leaking.map(([id]) => id)).toEqual([]);
  });
});
