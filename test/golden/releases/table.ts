/** docs/releases.md: what each scenario does under each release, made from the recordings. */
import type { Catalog } from "../../../src/faulttree/catalog.ts";
import type { SourceReader } from "../../../src/faulttree/diagnosis.ts";
import { goInRange, type Scenario, selectScenarios } from "../../../src/verify/scenario.ts";
import { differences } from "./differences.ts";
import { verdictOn } from "./outcome.ts";
import type { Release } from "./releases.ts";
import type { Cell, Recording } from "./store.ts";

export interface Recorded {
  readonly release: Release;
  readonly recording: Recording;
}

/** One scenario under one release. */
export type Mark =
  | { readonly sign: "✓" | "–" | "·" }
  | { readonly sign: "✗" | "○"; readonly note: string }
  | { readonly sign: "≠"; readonly note: string /** Somebody has said why. */; readonly explained: boolean };

const explanation = (id: string, release: string) =>
  differences.find((each) => each.id === id && each.releases.includes(release))?.why;

export function markOf(
  scenario: Scenario,
  release: string,
  cell: Cell | undefined,
  catalog: Catalog,
  source: SourceReader,
): Mark {
  if (!goInRange(release, scenario.go)) return { sign: "–" };
  if (cell === undefined) return { sign: "·" };
  const why = explanation(scenario.id, release);
  if ("text" in cell) {
    const { word, problems } = verdictOn(scenario, cell.text, catalog, source);
    if (word === "as promised") return { sign: "✓" };
    return { sign: "≠", note: why ?? `${word}: ${problems.join("; ")}`, explained: why !== undefined };
  }
  if (why !== undefined) return { sign: "≠", note: why, explained: true };
  return { sign: cell.why.startsWith("does not build") ? "✗" : "○", note: cell.why };
}

const head = `# Go releases

What the program of every scenario does under each Go release: built with it, run, and judged as \`verify\` judges with
the installed one. The crash texts are kept in \`test/golden/releases/\`, and the tests diagnose each of them.

| mark | means |
|---|---|
| ✓ | fails as the catalogue promises, and what it prints is diagnosed so |
| ≠ | runs, and something else is seen |
| ✗ | does not build: the program uses what this release lacks; the fault may be known there all the same |
| ○ | ran, and its text is not kept |
| – | outside the \`go:\` range of its cause |
| · | not recorded yet |

Each release builds with a go line of its own, as a program of its time would: the go line decides how loop variables,
timers and some of \`GODEBUG\` behave. Modules have the catalogue's versions unless the release cannot build them.

`;

const recordingAnew = `## To record a new release

1. Add its line to \`test/golden/releases/releases.ts\`. The toolchain comes through the module proxy.
2. \`node test/golden/releases/record.mjs --go 1.28\` builds and runs everything, and names what differs. \`--missing\`
   takes only what has no recording yet, \`--outside\` tries what lies outside its range and keeps nothing.
3. \`node test/golden/releases/compare.mjs 1.27 1.28\` shows what the new release prints otherwise, without addresses and
   numbers; equal changes are told once. \`HEAD:1.27 1.27\` compares a new recording with the committed one.
4. \`UPDATE_GOLDEN=1 npx vitest run test/unit/releases\` makes this page; the tests fail on every text that is not
   diagnosed, and on every difference that nobody has explained in \`differences.ts\`.
`;

function releaseTable(recorded: readonly Recorded[], rows: readonly Row[]): string {
  const lines = recorded.map(({ release: { release, requires = {}, goLine = "" }, recording }, at) => {
    const modules = Object.entries(requires).map(([path, version]) => `${path.split("/").at(-1)} ${version}`);
    const count = rows.filter(({ marks }) => marks[at]!.sign === "✓").length;
    return `| ${release} | ${recording.version || "–"} | ${count} | ${modules.join(", ")} | ${goLine} |\n`;
  });
  return `| release | recorded with | ✓ | modules of its own | its go line |\n|---|---|---|---|---|\n${lines.join("")}\n`;
}

export interface Row {
  readonly scenario: Scenario;
  readonly marks: readonly Mark[];
}

export function tableRows(recorded: readonly Recorded[], catalog: Catalog, source: SourceReader): Row[] {
  return selectScenarios(catalog).map((scenario) => ({
    scenario,
    marks: recorded.map(({ release, recording }) =>
      markOf(scenario, release.release, recording.cells.get(scenario.id), catalog, source),
    ),
  }));
}

/** The page. Equal notes share one number. */
export function renderTable(recorded: readonly Recorded[], rows: readonly Row[]): string {
  const notes: string[] = [];
  const numberOf = (note: string) => (notes.includes(note) ? notes.indexOf(note) + 1 : notes.push(note));
  const cellOf = (mark: Mark) => ("note" in mark ? `${mark.sign} ${numberOf(mark.note)}` : mark.sign);
  const layers = [...new Set(rows.map(({ scenario }) => scenario.id.split("/")[0]!))];
  const tables = layers.map((layer) => {
    const lines = rows
      .filter(({ scenario }) => scenario.id.startsWith(`${layer}/`))
      .map(({ scenario, marks }) => `| ${scenario.id} | ${marks.map(cellOf).join(" | ")} |\n`);
    const columns = recorded.map(({ release }) => release.release);
    return `## ${layer}\n\n| cause | ${columns.join(" | ")} |\n|---|${columns.map(() => "---|").join("")}\n${lines.join("")}\n`;
  });
  const list = notes.map((note, at) => `${at + 1}. ${note.replaceAll("|", "\\|")}\n`).join("");
  const legend = notes.length > 0 ? `## Notes\n\n${list}\n` : "";
  return head + releaseTable(recorded, rows) + tables.join("") + legend + recordingAnew;
}
