/** Keeps what the catalogue's programs print with the Go that is installed. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { selectScenarios, unmetNeed } from "../../../src/verify/scenario.ts";
import { findToolchain } from "../../../src/verify/toolchain.ts";
import { DoesNotBuild, readCatalog, runProgram, twoAtATime } from "../recorder.ts";

/** What one scenario printed, in the places of this test and not of the machine it ran on. */
export interface Recorded {
  repro?: string;
  fixed?: string;
}

/** Texts by cause; empty before the first recording. */
export function readTexts(file: string): Record<string, Recorded> {
  return existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) : {};
}

function writeTexts(file: string, texts: Record<string, Recorded>): void {
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, gzipSync(JSON.stringify(sorted), { level: 9 }));
}

/** Records the scenarios named, or all, two at a time; writes after each, so that a stopped recording is kept. */
export async function record(catalogDir: string, file: string, ids: readonly string[]): Promise<void> {
  const catalog = readCatalog(catalogDir);
  const toolchain = await findToolchain();
  const onlyMissing = ids.includes("--missing");
  const sides = ids.includes("--repro") ? (["repro"] as const) : (["repro", "fixed"] as const);
  const scenarios = selectScenarios(
    catalog,
    ids.filter((id) => !id.startsWith("--")),
  ).filter((scenario) => unmetNeed(scenario, toolchain) === undefined);
  const texts = readTexts(file);
  await twoAtATime(scenarios, async (scenario) => {
    for (const side of sides) {
      if (onlyMissing && texts[scenario.id]?.[side] !== undefined) continue;
      const { text } = await runProgram({ catalog, catalogDir, toolchain }, scenario, side).catch((error) => {
        process.stdout.write(`${scenario.id}/${side} does not build: ${(error as DoesNotBuild).message}\n`);
        return {} as { text?: string };
      });
      if (text === undefined) process.stdout.write(`nothing kept: ${scenario.id} ${side}\n`);
      else texts[scenario.id] = { ...texts[scenario.id], [side]: text };
    }
    writeTexts(file, texts);
  });
}
