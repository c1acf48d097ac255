import { readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import type { Catalog } from "../faulttree/catalog.ts";
import type { SourceReader } from "../faulttree/diagnosis.ts";
import type { Cause } from "../faulttree/schema.ts";
import type { Expectation } from "./judge.ts";
import type { Toolchain } from "./toolchain.ts";

/** One cause with its programs, as verify runs it. */
export interface Scenario extends Expectation {
  readonly id: string;
  readonly go: string;
  readonly repro: Cause["repro"];
  readonly fixed: Cause["fixed"];
}

/** An id the catalogue does not hold, so that a wrong command line is no failed scenario. */
export class UnknownScenario extends Error {
  constructor(readonly id: string) {
    super(`No scenario or folder of the catalogue is called ${JSON.stringify(id)}.`);
  }
}

/**
 * The scenarios named: each id is a cause, an event or a layer. All of them without ids. Ids are compared
 * with the catalogue's and never become paths. Throws UnknownScenario.
 */
export function selectScenarios(catalog: Catalog, ids: readonly string[] = []): Scenario[] {
  const wanted = ids.map((id) => id.replace(/\/+$/, ""));
  for (const id of wanted) {
    if (!catalog.causes.some((cause) => covers(id, cause.id))) throw new UnknownScenario(id);
  }
  return catalog.causes
    .filter((cause) => wanted.length === 0 || wanted.some((id) => covers(id, cause.id)))
    .map((cause) => {
      const page = catalog.page(cause.id)!;
      return {
        id: cause.id,
        cause: cause.id,
        event: cause.event,
        kind: cause.kind,
        go: cause.go,
        expect: page.repro.expect,
        repro: page.repro,
        fixed: page.fixed,
      };
    });
}

const covers = (id: string, cause: string) => id !== "" && (cause === id || cause.startsWith(`${id}/`));

/** Why this machine cannot run a scenario, naming what is missing; undefined when it can. */
export function unmetNeed(scenario: Scenario, toolchain: Toolchain): string | undefined {
  const needs = new Set<string>(scenario.repro.needs);
  if (scenario.repro.buildFlags.includes("-race")) needs.add("race");
  if (scenario.repro.buildFlags.includes("-asan")) needs.add("asan");
  for (const need of ["cgo", "race", "asan"] as const) {
    if (!needs.has(need) || toolchain[need]) continue;
    if (!toolchain.cgo) return `needs ${need}, and there is no C compiler or cgo is off`;
    return `needs ${need}, which Go does not support on this platform`;
  }
  if (needs.has("linux-amd64") && toolchain.target !== "linux/amd64")
    return `needs linux/amd64, this is ${toolchain.target}`;
  if (needs.has("chroot") && !toolchain.chroot) return "needs chroot, which takes root or a user namespace";
  if (!goInRange(toolchain.version, scenario.go))
    return `needs Go ${scenario.go}, this is ${toolchain.version}`;
  return undefined;
}

/** Whether a version such as `1.26.8` lies in a range such as `>=1.21 <1.27`. An unreadable version does. */
export function goInRange(version: string, range: string): boolean {
  const minor = /^1\.(\d+)/.exec(version)?.[1];
  if (minor === undefined) return true;
  return range.split(" ").every((bound) => {
    const [, operator, value] = /^(>=|<)1\.(\d+)$/.exec(bound) ?? [];
    if (value === undefined) return true;
    return operator === ">=" ? Number(minor) >= Number(value) : Number(minor) < Number(value);
  });
}

/** Reads the scenarios' own sources, and nothing outside the catalogue whatever a crash text names. */
export function catalogSource(catalogDir: string): SourceReader {
  const root = realpathSync(catalogDir);
  return {
    find(file) {
      if (!isAbsolute(file)) return undefined;
      try {
        const path = realpathSync(file);
        const inside = relative(root, path);
        if (inside.startsWith("..") || isAbsolute(inside)) return undefined;
        return { path: join(root, inside), text: readFileSync(path, "utf8") };
      } catch {
        return undefined;
      }
    },
  };
}
