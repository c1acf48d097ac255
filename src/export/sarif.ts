/** SARIF 2.1.0 (OASIS): rules are causes, results are crashes. Results are written as they come. */
import type { RankedCause } from "../faulttree/diagnosis.ts";
import type { Frame } from "../trace/report.ts";
import {
  confidenceText,
  evidenceAgainst,
  evidenceFor,
  type Finding,
  frameName,
  headerLine,
  headline,
  inputName,
  notes,
  openable,
  type Setting,
  tellingFrames,
  words,
} from "./finding.ts";
import type { RepositoryOptions } from "./github.ts";
import { safeJson } from "./json.ts";
import { inLanguage } from "./messages/index.ts";
import { inRepository, isAbsolutePath, pathUri, repositoryPath } from "./paths.ts";
import type { Reporter, RunSummary } from "./reporter.ts";
import { maskText } from "./secrets.ts";
import { visible, visibleLine } from "./visible.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const FRAMES_WRITTEN = 100;
const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

export function sarifReporter(setting: Setting, options: RepositoryOptions): Reporter {
  const rules = new Rules(setting);
  let first = true;
  return {
    collapses: false,
    begin: () => [`{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"results":[`],
    *finding(finding) {
      yield (first ? "\n" : ",\n") + maskText(safeJson(result(finding, setting, options, rules)));
      first = false;
    },
    end: (run) => [runTail(run, rules, setting)],
  };
}

/** Rules are gathered while results are written; a SARIF object's members may stand in any order. */
class Rules {
  private readonly indexes = new Map<string, number>();
  readonly list: object[] = [];

  constructor(private readonly setting: Setting) {}

  index(id: string, describe: () => object): number {
    const known = this.indexes.get(id);
    if (known !== undefined) return known;
    this.indexes.set(id, this.list.length);
    this.list.push(describe());
    return this.list.length - 1;
  }

  cause(cause: RankedCause): number {
    return this.index(cause.id, () => causeRule(cause, this.setting));
  }
}

function causeRule(cause: RankedCause, setting: Setting): object {
  const m = words(setting);
  const page = setting.catalog.page(cause.id);
  const indexed = setting.catalog.cause(cause.id);
  const rule = {
    id: cause.id,
    name: pascalCase(cause.id),
    shortDescription: { text: visibleLine(cause.title) },
  };
  if (!page || !indexed) return rule;
  const say = (text: { en: string; zh: string }) => inLanguage(text, setting.language);
  const help = [
    [m.why, say(page.why)],
    [m.fix, say(page.fix.says)],
    [m.verify, say(indexed.verify.says)],
  ] as const;
  return {
    ...rule,
    fullDescription: { text: say(page.what) },
    help: {
      text: help.map(([label, text]) => `${label}${m.colon}${text}`).join("\n"),
      markdown: help.map(([label, text]) => `**${label}**\n\n${text}`).join("\n\n"),
    },
    defaultConfiguration: { level: LEVELS[indexed.severity] },
    properties: { tags: ["go", ...cause.id.split("/").slice(0, 2)], kind: indexed.kind },
  };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function result(finding: Finding, setting: Setting, options: RepositoryOptions, rules: Rules): object {
  const { diagnosis } = finding;
  const { crash, event } = diagnosis;
  const best = diagnosis.causes[0];
  const ruleId = best?.id ?? event.id;
  const ruleIndex = best
    ? rules.cause(best)
    : rules.index(ruleId, () => ({
        id: ruleId,
        name: pascalCase(ruleId),
        shortDescription: { text: headline(finding, setting) },
      }));
  return {
    ruleId,
    ruleIndex,
    level: crash.recovered ? "warning" : LEVELS[best?.severity ?? event.severity ?? "high"],
    message: { text: messageText(finding, setting) },
    locations: locations(finding, options),
    stacks: stacks(finding, options),
    relatedLocations: [crashTextLocation(finding)],
    partialFingerprints: { "goCrash/v1": crash.fingerprint },
    properties: {
      event: event.id,
      causes: diagnosis.causes.slice(0, 10).map(({ id, confidence }) => ({ id, confidence })),
    },
  };
}

function messageText(finding: Finding, setting: Setting): string {
  const m = words(setting);
  const { crash, causes } = finding.diagnosis;
  const best = causes[0];
  const lines = [headline(finding, setting)];
  const header = headerLine(crash);
  if (header) lines.push(header);
  if (best) {
    lines.push(
      `${m.cause}${m.colon}${visibleLine(best.title)}${m.bracket(confidenceText(best.confidence, setting))}`,
    );
    for (const e of evidenceFor(best)) lines.push(`+ ${visibleLine(e.says)}`);
    for (const e of evidenceAgainst(best)) lines.push(`− ${visibleLine(e.says)}`);
  }
  lines.push(...notes(finding, setting));
  return visible(lines.join("\n"));
}

function locations(finding: Finding, options: RepositoryOptions): object[] {
  const { location } = finding.diagnosis;
  if (!location) return [];
  const { file, ...place } = openable(location);
  if (file === undefined) return [frameLocation(place, options)];
  const path = inRepository(file, location.source !== undefined, options);
  return [frameLocation({ ...place, file: path }, options)];
}

type Place = { function: string; file?: string; line?: number };

function frameLocation(place: Place, options: RepositoryOptions): object {
  const name = visibleLine(place.function);
  return {
    ...(place.file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: artifact(place.file, options),
            ...(place.line !== undefined && place.line > 0 ? { region: { startLine: place.line } } : {}),
          },
        }),
    ...(name === "" ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] }),
  };
}

function artifact(file: string, options: RepositoryOptions): object {
  const path = repositoryPath(file, options.root);
  return isAbsolutePath(path) ? { uri: pathUri(path) } : { uri: pathUri(path), uriBaseId: "%SRCROOT%" };
}

function stacks(finding: Finding, options: RepositoryOptions): object[] {
  const frames = tellingFrames(finding.diagnosis.crash);
  if (frames.length === 0) return [];
  return [{ frames: frames.slice(0, FRAMES_WRITTEN).map((frame) => stackFrame(frame, options)) }];
}

function stackFrame(frame: Frame, options: RepositoryOptions): object {
  const module = visibleLine(frame.package);
  const place = frame.file === undefined ? { function: frameName(frame) } : frame;
  return { location: frameLocation(place, options), ...(module === "" ? {} : { module }) };
}

/** Where the crash text itself stands. Standard input has no address. */
function crashTextLocation(finding: Finding): object {
  const { first, last } = finding.diagnosis.crash.lines;
  const before = finding.before?.lines ?? 0;
  const text = { text: inputName(finding) };
  if (finding.input === "-") return { id: 0, message: text };
  const region = { startLine: Math.max(1, first + before), endLine: Math.max(1, last + before) };
  return {
    id: 0,
    message: text,
    physicalLocation: { artifactLocation: { uri: pathUri(finding.input) }, region },
  };
}

function runTail(run: RunSummary, rules: Rules, setting: Setting): string {
  const failures = run.inputs.filter((input) => input.error !== undefined);
  const tail = {
    tool: {
      driver: {
        name: "golm-faultcheck",
        version: setting.version,
        language: setting.language === "zh-cn" ? "zh-CN" : "en-US",
        rules: rules.list,
      },
    },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        ...(failures.length === 0
          ? {}
          : {
              toolExecutionNotifications: failures.map((input) => ({
                level: "error",
                message: { text: visible(input.error!) },
              })),
            }),
      },
    ],
  };
  return `\n],${safeJson(tail).slice(1)}]}\n`;
}
