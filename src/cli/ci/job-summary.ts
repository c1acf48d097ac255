/** The page of a job: counts, failed tests, and the diagnosis of each crash, within GitHub's limit. */
import { code, fence } from "../../export/markdown.ts";
import { visible } from "../../export/visible.ts";
import type { Results } from "./test-run.ts";
import type { CiWords } from "./words.ts";

/** GitHub refuses a step's summary of more than 1 MiB; other steps of ours may have written before. */
const LARGEST = 900 << 10;
const TESTS_SHOWN = 50;
const OUTPUT_SHOWN = 4000;

export interface JobSummary {
  readonly results: Results;
  /** Diagnoses as Markdown, one each. */
  readonly crashes: readonly string[];
  /** Crashes that were found, repeats too. */
  readonly crashCount: number;
  /** Where a command was run. */
  readonly status?: number;
}

/** `room`: bytes that are left in the file. */
export function jobSummary(summary: JobSummary, w: CiWords, room = LARGEST): string {
  const { results, crashes, crashCount } = summary;
  const ok = results.failedPackages.length + results.unfinished.length + results.failed === 0;
  const failed = summary.status !== undefined ? summary.status !== 0 : !ok;
  const blocks = [`## ${failed ? "❌" : "✅"} ${w.tests}`];
  if (results.heard) blocks.push(counts(results, w));
  if (summary.status) blocks.push(w.exit(summary.status));
  blocks.push(...failures(results, w));
  blocks.push(crashCount > 0 ? `**🔥 ${w.crashes(crashCount)}**` : w.noCrash, ...crashes);
  return fitting(blocks, w, Math.min(room, LARGEST));
}

function counts({ passed, failed, skipped, packages, seconds }: Results, w: CiWords): string {
  const head = `| ${w.passed} | ${w.failed} | ${w.skipped} | ${w.packages} | ⏱ |`;
  return `${head}\n|--:|--:|--:|--:|--:|\n| ${passed} | ${failed} | ${skipped} | ${packages} | ${w.seconds(seconds)} |`;
}

function failures(results: Results, w: CiWords): string[] {
  const blocks: string[] = [];
  const { tests, unfinished, buildOutput } = results;
  if (buildOutput !== "") {
    blocks.push(
      `### ${w.failedBuilds}`,
      fence(visible(buildOutput.slice(0, OUTPUT_SHOWN).trimEnd()), "text"),
    );
  }
  if (unfinished.length > 0) {
    blocks.push(`### ${w.unfinished}`, unfinished.map((path) => `- ${code(visible(path))}`).join("\n"));
  }
  if (tests.length > 0) blocks.push(`### ${w.failedTests}`);
  for (const test of tests.slice(0, TESTS_SHOWN)) {
    const title = `<code>${html(test.name)}</code> ${html(test.package)} (${w.seconds(test.seconds)})`;
    const output = visible(test.output.replace(/^=== \w+ .*\n/gm, "").trimEnd());
    const shown = output.length > OUTPUT_SHOWN ? `${output.slice(0, OUTPUT_SHOWN)}\n…` : output;
    blocks.push(`<details>\n<summary>${title}</summary>\n\n${fence(shown, "text")}\n\n</details>`);
  }
  if (tests.length > TESTS_SHOWN) blocks.push(w.more(tests.length - TESTS_SHOWN));
  return blocks;
}

/** Markdown is not read inside `<summary>`. */
function html(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function fitting(blocks: readonly string[], w: CiWords, room: number): string {
  const kept: string[] = [];
  let bytes = Buffer.byteLength(w.cut) + 4;
  for (const block of blocks) {
    bytes += Buffer.byteLength(block) + 2;
    if (bytes > room) {
      kept.push(w.cut);
      break;
    }
    kept.push(block);
  }
  return `${kept.join("\n\n")}\n`;
}
