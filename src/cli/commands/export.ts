/** `export`: rules for the systems a fleet runs, made from the catalogue. */
import { writeFileSync } from "node:fs";
import { visibleLine } from "../../export/visible.ts";
import { openCatalog } from "../catalog.ts";
import { EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { reason } from "../input/read.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";

export const EXPORTS = ["prometheus", "grafana", "loki", "otel", "vector"] as const;

export interface ExportFlags {
  readonly output?: string;
  readonly runbookUrl?: string;
  readonly ownMetrics?: boolean;
  readonly selector: string;
  readonly by: string;
}

/** Writes the file for one system to standard output or `--output`. 0 when done; wrong options are UserErrors. */
export async function exportCommand(target: string, flags: ExportFlags, context: Context): Promise<number> {
  const text = await made(target, flags, context);
  if (flags.output === undefined) await new Output(process.stdout).write([text]);
  else {
    try {
      writeFileSync(flags.output, text);
    } catch (error) {
      throw new UserError(context.m.exportNotWritten(visibleLine(flags.output), visibleLine(reason(error))));
    }
  }
  return EXIT_NOTHING_FOUND;
}

async function made(target: string, flags: ExportFlags, { language, m, script }: Context): Promise<string> {
  const fleet = await import("../../export/fleet/index.ts");
  const links = linksOf(flags, m);
  const catalog = () => openCatalog(script, m);
  switch (target) {
    case "prometheus":
      return fleet.prometheusRules(catalog(), { ...links, language, own: flags.ownMetrics === true });
    case "grafana":
      return fleet.grafanaDashboard(language);
    case "loki": {
      const rules = fleet.ruleSet(catalog().events);
      return fleet.lokiRules(rules, {
        ...links,
        language,
        selector: selectorOf(flags, m),
        by: labelsOf(flags, m),
      });
    }
    case "otel":
      return fleet.otelConfiguration(fleet.ruleSet(catalog().events), language);
    case "vector":
      return fleet.vectorConfiguration(fleet.ruleSet(catalog().events), language);
    default:
      throw new UserError(m.unknownExport(visibleLine(target), EXPORTS.join(", ")));
  }
}

/** Prometheus and Loki expand `{{...}}` in annotations: an address that holds some is none. */
function linksOf({ runbookUrl }: ExportFlags, m: Context["m"]): { runbookUrl?: string } {
  if (runbookUrl === undefined) return {};
  if (!/^https?:\/\/[^\s"'{}]+(?:\{id\}[^\s"'{}]*)+$/.test(runbookUrl))
    throw new UserError(m.badRunbookUrl(visibleLine(runbookUrl)));
  return { runbookUrl };
}

function selectorOf({ selector }: ExportFlags, m: Context["m"]): string {
  const matcher = '[A-Za-z_][A-Za-z0-9_]*(?:=~|!~|!=|=)"(?:[^"\\\\\\n]|\\\\.)*"';
  if (!new RegExp(`^\\{${matcher}(?:, ?${matcher})*\\}$`).test(selector))
    throw new UserError(m.badSelector(visibleLine(selector)));
  return selector;
}

function labelsOf({ by }: ExportFlags, m: Context["m"]): string[] {
  const labels = by.split(",").map((label) => label.trim());
  if (!labels.every((label) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(label)))
    throw new UserError(m.badLabels(visibleLine(by)));
  return labels;
}
