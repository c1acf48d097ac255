// Every scenario's recorded crash against every event and cause: no event takes another's text, and what the text
// alone tells is enough to have the right cause among the first.
import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../../src/faulttree/diagnosis.ts";
import { needsDiagnosis, rankOf } from "../../../src/verify/judge.ts";
import { type Scenario, selectScenarios } from "../../../src/verify/scenario.ts";
import { catalog, diagnoseText, source, textCannotTell, texts } from "./texts.ts";

const eventOf = ({ expect, event }: Scenario) => expect.event ?? event;

interface Judged {
  readonly scenario: Scenario;
  readonly bare: readonly Diagnosis[];
  readonly sourced: readonly Diagnosis[];
}

const judged: Judged[] = selectScenarios(catalog)
  .filter((scenario) => needsDiagnosis(scenario) && texts[scenario.id]?.repro !== undefined)
  .map((scenario) => {
    const text = texts[scenario.id]!.repro!;
    return { scenario, bare: diagnoseText(text), sourced: diagnoseText(text, source) };
  });

/** The place of the right cause in the best of the run's reports; several reports tell one story. */
function place({ scenario }: Judged, diagnoses: readonly Diagnosis[]): number {
  const places = diagnoses.map((diagnosis) => rankOf(scenario.cause, diagnosis) ?? Infinity);
  return Math.min(Infinity, ...places);
}

/** Programs that die in more than one way, by their nature. */
const alsoCrashes = new Set<string>([]);

/** Texts that two events of one priority cover, and whose more specific condition is meant to win. */
const bySpecificity = new Set([
  "native/runtime-fault/unmapped-by-c: native/runtime-fault and native/segv-in-c",
  "native/other-signals/sent-by-another-process: native/other-signals and native/abort-in-c",
  "runtime/grpc/namespace-conflict: runtime/grpc and runtime/registration",
  "runtime/http-server/write-after-return: runtime/http-server and runtime/nil-dereference",
]);

describe("recorded crashes", () => {
  test("are there for nearly every scenario that prints one", () => {
    const wanted = selectScenarios(catalog).filter(needsDiagnosis);
    expect(judged.length / wanted.length).toBeGreaterThan(0.9);
  });

  test("hold no place of the machine that recorded them", () => {
    const homes = /\/(?:root|home\/(?!dev\/)\w+|Users\/\w+)\/|golm-record-/;
    const leaking = Object.entries(texts).filter(([, { repro = "", fixed = "" }]) =>
      homes.test(repro + fixed),
    );
    expect(leaking.map(([id]) => id)).toEqual([]);
  });

  test("belong to their own event", () => {
    const strays = judged.flatMap(({ scenario, bare }) => {
      const found = bare.map(({ event }) => event.id);
      return found.includes(eventOf(scenario))
        ? []
        : [`${scenario.id}: ${found.join(", ") || "nothing found"}`];
    });
    expect(strays).toEqual([]);
  });

  test("fall to no other event on the way", () => {
    const strays = judged.flatMap(({ scenario, bare }) => {
      const others = bare.map(({ event }) => event.id).filter((id) => id !== eventOf(scenario));
      return others.length > 0 && !alsoCrashes.has(scenario.id)
        ? [`${scenario.id}: ${others.join(", ")}`]
        : [];
    });
    expect(strays).toEqual([]);
  });

  test("are covered by no second event of the same priority, but for those that mean it", () => {
    const priority = new Map(catalog.events.map(({ id, priority }) => [id, priority]));
    const ties = judged.flatMap(({ scenario, bare }) =>
      bare.flatMap(({ event, alsoMatches = [] }) =>
        alsoMatches
          .filter(({ id }) => priority.get(id) === priority.get(event.id))
          .map(({ id }) => `${scenario.id}: ${event.id} and ${id}`),
      ),
    );
    expect([...new Set(ties)].filter((tie) => !bySpecificity.has(tie))).toEqual([]);
  });

  test("have the right cause among the first three without source", () => {
    const low = judged.filter((each) => place(each, each.bare) > 3).map(({ scenario }) => scenario.id);
    expect(low.filter((id) => !textCannotTell.has(id))).toEqual([]);
  });

  test("name it first without source in eight of ten", () => {
    const first = judged.filter((each) => place(each, each.bare) === 1).length;
    expect(first / judged.length).toBeGreaterThan(0.8);
  });

  test("name it where the scenario promises with source", () => {
    const low = judged.filter((each) => place(each, each.sourced) > each.scenario.expect.rank);
    expect(low.map(({ scenario }) => scenario.id)).toEqual([]);
  });

  test("are not given to a wrong cause with certainty", () => {
    const sure = judged.flatMap((each) => {
      const own = each.scenario.cause;
      const wrong = each.bare
        .filter(({ event, causes }) => event.gate !== "and" && causes.some(({ id }) => id === own))
        .flatMap(({ causes }) => causes.filter(({ id, confidence }) => id !== own && confidence > 0.75));
      return wrong.map(({ id, confidence }) => `${own}: ${confidence} to ${id}`);
    });
    expect(sure).toEqual([]);
  });
});
