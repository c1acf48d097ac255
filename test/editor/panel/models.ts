/** Models of the panel made from real crash texts, as the extension makes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Finding, Setting } from "../../../src/export/finding.ts";
import type { Language, SourceReader } from "../../../src/faulttree/diagnosis.ts";
import { Catalog, diagnose } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { panelHtml } from "../../../src/webview/html.ts";
import { goroutineRows, nodeView, panelModel } from "../../../src/webview/model.ts";
import type { GoroutineRow, NodeView, PanelModel } from "../../../src/webview/protocol.ts";
import { crashRange } from "../../../src/webview/raw.ts";
import { CSP_SOURCE, type PanelOptions } from "./render.ts";

const root = process.cwd();
const { catalog: compiled } = compileCatalog(join(root, "catalog"));
const catalog = new Catalog(compiled.index, () => compiled.pages);

const texts = JSON.parse(
  gunzipSync(readFileSync(join(root, "test/golden/crosstalk/texts.json.gz"))).toString("utf8"),
) as Readonly<Record<string, { readonly repro?: string }>>;

/** The recorded crash of a scenario. */
export const crashOf = (scenario: string): string => texts[scenario]!.repro!;

/** The scenarios' own programs, under the neutral path their crash texts name. */
const source: SourceReader = {
  find(file) {
    const path = file.replace(/^\/src\/faults\//, "catalog/");
    if (path === file) return undefined;
    return { path, text: readFileSync(join(root, path), "utf8") };
  },
};

export interface Shown {
  readonly model: PanelModel;
  readonly rows: readonly GoroutineRow[];
  readonly node: (id: string) => Promise<NodeView | undefined>;
}

/** The first crash of a text, with everything switched on that a host can do. */
export async function shownFor(text: string, language: Language = "en", canApply = false): Promise<Shown> {
  const bytes = Buffer.from(text);
  const [crash] = readTrace(bytes);
  const range = crashRange(crash!);
  const raw = bytes.subarray(range.start, range.end);
  const setting: Setting = { language, catalog, all: true, version: "1.2.3" };
  const diagnosis = diagnose(crash!, catalog, { language, source, text: raw.toString("utf8") });
  const finding: Finding = { diagnosis, input: "crash.log" };
  const can = {
    openEditor: true,
    askModel: true,
    openCore: true,
    runWithCore: false,
    run: true,
    exportFile: true,
  };
  const host = { can, canApply };
  const seen = { count: 3, first: Date.UTC(2026, 10, 25, 3, 2), last: Date.UTC(2026, 10, 25, 3, 7, 41) };
  const { model } = await panelModel({ finding, setting, raw, rawStart: range.start, seen, host });
  return { model, rows: goroutineRows(finding), node: (id) => nodeView(id, setting, host) };
}

export const html = (language: Language = "en") =>
  panelHtml({
    nonce: "test",
    cspSource: CSP_SOURCE,
    script: `${CSP_SOURCE}/panel.js`,
    style: `${CSP_SOURCE}/panel.css`,
    language,
    title: "Diagnosis",
  });

export const files: NonNullable<PanelOptions["files"]> = Object.fromEntries(
  ["panel.js", "panel.css", "codicon.ttf"].map((name) => [name, join(root, "dist/webview", name)]),
);
