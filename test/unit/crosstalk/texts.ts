/** The recorded texts, and diagnoses of them with and without the programs' sources. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Catalog } from "../../../src/faulttree/catalog.ts";
import type { Diagnosis, SourceReader } from "../../../src/faulttree/diagnosis.ts";
import { diagnose } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { readTrace } from "../../../src/trace/index.ts";

const root = join(import.meta.dirname, "../../..");
const catalogDir = join(root, "catalog");

/** What one scenario's programs printed, with `/src/faults` for the catalogue's folder. */
export interface Recorded {
  readonly repro?: string;
  readonly fixed?: string;
}

export const texts = JSON.parse(
  gunzipSync(readFileSync(join(root, "test/golden/crosstalk/texts.json.gz"))).toString("utf8"),
) as Readonly<Record<string, Recorded>>;

const compiled = compileCatalog(catalogDir).catalog;
export const catalog = new Catalog(compiled.index, () => compiled.pages);

export const source: SourceReader = {
  find(file) {
    const path = file.replace(/^\/src\/faults(?=\/)/, catalogDir);
    return path !== file && existsSync(path) ? { path, text: readFileSync(path, "utf8") } : undefined;
  },
};

/** A diagnosis for each crash of a text, by default without source. */
export function diagnoseText(text: string, withSource?: SourceReader): Diagnosis[] {
  const bytes = Buffer.from(text);
  return readTrace(bytes).map((report) =>
    diagnose(report, catalog, {
      ...(withSource && { source: withSource }),
      text: bytes.subarray(report.at.start, report.at.end).toString("utf8"),
    }),
  );
}

/** Causes that only the source, or what stands around the crash, can lift among the first three. */
export const textCannotTell = new Set([
  "runtime/channel/shared-by-request-id",
  "runtime/data-race/flag-polled",
  "runtime/data-race/lazy-init",
  "runtime/data-race/returned-without-copy",
  "runtime/data-race/shared-append",
  "runtime/nil-dereference/cleared-after-check",
  "runtime/nil-dereference/empty-reply",
  "runtime/nil-dereference/map-miss",
  "runtime/nil-dereference/nil-embedded-pointer",
  "runtime/nil-dereference/nil-stream-delta",
  "runtime/nil-dereference/optional-field-unset",
  "runtime/nil-map-write/nested-map",
  "runtime/type-assertion/context-value",
  "runtime/type-assertion/load-before-store",
  "runtime/type-assertion/pool-without-new",
]);
