/** The text format: one page for each crash, a rule between them, repeats in one line at the end. */
import { eventTitle, inputLines, type Setting, whereText, words } from "../../export/finding.ts";
import type { Reporter } from "../../export/reporter.ts";
import { cliMessages } from "../messages/index.ts";
import { renderDiagnosis } from "./diagnosis.ts";
import type { Canvas } from "./page.ts";

const RULE_WIDTH = 72;

export function textReporter(setting: Setting, canvas: Canvas): Reporter {
  const { style } = canvas;
  const rule = style.dim("─".repeat(Math.min(RULE_WIDTH, canvas.columns)));
  let crashes = 0;
  return {
    collapses: !setting.all,
    begin: () => [],
    async *finding(finding) {
      if (crashes > 0) yield `\n${rule}\n\n`;
      crashes++;
      yield await renderDiagnosis(finding, setting, canvas);
    },
    *end(run) {
      const m = words(setting);
      if (crashes > 1 || run.repeats.length > 0) yield `\n${rule}\n\n`;
      for (const { finding, times, last } of run.repeats) {
        const text = m.repeated(times, whereText(last, setting));
        yield `${eventTitle(finding, setting)}${style.dim(m.bracket(inputLines(finding, setting)))}${m.colon}${text}\n`;
      }
      const inputs = run.inputs.filter((input) => input.crashes > 0).length;
      const total = run.inputs.reduce((sum, input) => sum + input.crashes, 0);
      if (total > 1) yield `${cliMessages(setting.language).found(total, inputs)}\n`;
    },
  };
}
