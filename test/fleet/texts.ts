/** What the catalogue's programs printed, and what we say of it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { Catalog } from "../../src/faulttree/catalog.ts";
import { diagnose } from "../../src/faulttree/index.ts";
import { compileCatalog } from "../../src/faulttree/load.ts";
import { readTrace } from "../../src/trace/index.ts";

/** Where npm starts scripts and tests. */
export const root = resolve(".");

export const catalog = (() => {
  const { index, pages } = compileCatalog(join(root, "catalog")).catalog;
  return new Catalog(index, () => pages);
})();

/** One run of one program. */
export interface Text {
  /** The scenario, and which of its two programs: `LAYER/EVENT/CAUSE repro`. */
  readonly name: string;
  readonly text: string;
  /** Events the diagnosis names, each once, sorted; empty for a run without a crash. */
  readonly events: readonly string[];
  /** Fingerprint of its crash, where it holds exactly one. */
  readonly fingerprint?: string;
}

export function texts(): Text[] {
  const file = join(root, "test/golden/crosstalk/texts.json.gz");
  const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Record<
    string,
    Readonly<Record<"repro" | "fixed", string | undefined>>
  >;
  return Object.entries(recorded).flatMap(([id, sides]) =>
    (["repro", "fixed"] as const).flatMap((side) => {
      const text = sides[side];
      return text === undefined ? [] : [{ name: `${id} ${side}`, text, ...diagnosed(text) }];
    }),
  );
}

function diagnosed(text: string): Pick<Text, "events" | "fingerprint"> {
  const bytes = Buffer.from(text);
  const crashes = readTrace(bytes).map((report) => {
    const own = bytes.subarray(report.at.start, report.at.end).toString("utf8");
    return { event: diagnose(report, catalog, { text: own }).event.id, fingerprint: report.fingerprint };
  });
  const events = [...new Set(crashes.map(({ event }) => event))].sort();
  return { events, ...(crashes.length === 1 && { fingerprint: crashes[0]!.fingerprint }) };
}
