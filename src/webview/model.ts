/** A finding as the model the panel shows. Pure: the host adds what its editor can do. */
import { exampleDiff } from "../export/example-diff.ts";
import {
  confidenceText,
  eventTitle,
  type Finding,
  frameName,
  furtherSteps,
  headline,
  isOwnFrame,
  nativeLines,
  needs,
  notes,
  openable,
  place,
  raisedLines,
  type Setting,
  separatingQuestion,
  shortName,
  surroundings,
  tellingFrames,
  undecided,
  words,
} from "../export/finding.ts";
import { inLanguage } from "../export/messages/index.ts";
import { stepParts } from "../export/recipe-step.ts";
import { visible, visibleLine } from "../export/visible.ts";
import type { GoroutineGroup, RankedCause } from "../faulttree/diagnosis.ts";
import type { CausePage } from "../faulttree/index.ts";
import { groupMembers } from "../trace/group.ts";
import type { CrashReport, Frame, Goroutine } from "../trace/report.ts";
import { panelMessages } from "./messages/index.ts";
import { FrameTable } from "./places.ts";
import type {
  CauseView,
  DiffView,
  FrameView,
  GoroutineRow,
  GroupView,
  NodeView,
  PageView,
  PanelModel,
  RecipeView,
  Recurrence,
} from "./protocol.ts";
import { RawText } from "./raw.ts";
import { treeOf } from "./tree.ts";

/** What this host can do with a diagnosis. */
export interface HostAbilities {
  readonly can: PanelModel["can"];
  /** The fix can be applied to the user's own source as it stands. */
  readonly canApply: boolean;
}

export interface PanelInput {
  readonly finding: Finding;
  readonly setting: Setting;
  /** The bytes of the input from byte `rawStart` on, at least those of `crashRange`. */
  readonly raw: Uint8Array;
  readonly rawStart: number;
  readonly seen: Recurrence;
  readonly host: HostAbilities;
}

export interface Panel {
  readonly model: PanelModel;
  /** What the numbers the page answers with stand for. */
  readonly frames: FrameTable;
}

const FRAMES_SHOWN = 200;
const GROUPS_SHOWN = 500;
const GROUP_FRAMES_SHOWN = 40;
const NATIVE_LINES_SHOWN = 60;

/** Everything one panel shows. Never throws on a report, whatever is missing from it. */
export async function panelModel(input: PanelInput): Promise<Panel> {
  const { finding, setting, seen, host } = input;
  const { diagnosis } = finding;
  const { crash, event } = diagnosis;
  const m = panelMessages(setting.language);
  const frames = new FrameTable();
  const raw = new RawText(input.raw, input.rawStart, m.rawCut);
  const best = diagnosis.causes[0];
  const raised = raisedLines(crash);
  const severity = best?.severity ?? event.severity;
  const model: PanelModel = {
    key: crash.fingerprint,
    language: setting.language,
    headline: headline(finding, setting),
    ...(raised.length > 0 && { header: raised.join("\n") }),
    ...(severity && { severity }),
    event: {
      id: event.id,
      title: eventTitle(finding, setting),
      ...(event.proves && { proves: visibleLine(event.proves) }),
    },
    notes: notes(finding, setting),
    surroundings: surroundings(crash, setting),
    ...locationOf(finding, frames),
    causes: diagnosis.causes.map((cause) => causeView(cause, finding, setting, raw)),
    undecided: undecided(finding),
    tree: treeOf(diagnosis, setting.catalog, setting.language),
    ...(best && { page: await causePage(best.id, setting, host) }),
    stack: stackViews(tellingFrames(crash), finding, frames),
    groups: diagnosis.groups.slice(0, GROUPS_SHOWN).map((group) => groupView(group, crash, frames)),
    goroutineCount: crash.goroutineCount,
    native: nativeLines(crash, true).slice(0, NATIVE_LINES_SHOWN),
    raw: { text: raw.text, cut: raw.cut },
    nextSteps: furtherSteps(finding, setting).map(visibleLine),
    seen,
    can: host.can,
  };
  return { model, frames };
}

/** Of the command line: an editor finds the source by itself. */
const OPTION = / ?[(（]--source [^)）]+[)）]/;

function locationOf(finding: Finding, frames: FrameTable): Pick<PanelModel, "location"> | undefined {
  const found = finding.diagnosis.location;
  if (!found) return undefined;
  const open = frames.add({ ...found, function: found.function });
  return {
    location: {
      function: visibleLine(found.function),
      place: place(openable(found)),
      ...(open !== undefined && { open }),
      ...(found.source &&
        found.line !== undefined && {
          source: { first: found.source.first, lines: found.source.lines.map(visible), line: found.line },
        }),
    },
  };
}

function causeView(cause: RankedCause, finding: Finding, setting: Setting, raw: RawText): CauseView {
  const question = separatingQuestion(finding, cause, setting);
  return {
    id: cause.id,
    title: visibleLine(cause.title),
    confidence: cause.confidence,
    confidenceText: confidenceText(cause.confidence, setting),
    ...(cause.severity && { severity: cause.severity }),
    evidence: [...cause.evidence]
      .sort((a, b) => b.weight - a.weight)
      .map(({ says, weight, at }) => {
        const range = raw.range(at);
        return { says: visibleLine(says), weight, ...(range && { range }) };
      }),
    needs: needs(cause, setting).map((need) => need.replace(OPTION, "")),
    ...(question && { question }),
  };
}

/** The page of a cause that the catalogue has. */
async function causePage(id: string, setting: Setting, host: HostAbilities): Promise<PageView> {
  const page = setting.catalog.page(id)!;
  const { verify } = setting.catalog.cause(id)!;
  const say = (text: { readonly en: string; readonly zh: string }) => inLanguage(text, setting.language);
  const m = words(setting);
  return {
    what: say(page.what),
    why: say(page.why),
    ...(page.claim && { claim: say(page.claim) }),
    signals: page.signals.map(say),
    fix: { says: say(page.fix.says), diffs: await diffsOf(page), canApply: host.canApply },
    verify: {
      says: say(verify.says),
      ...(verify.command && { command: verify.command.trimEnd() }),
      canRun: host.can.run && verify.command !== undefined,
    },
    earlier: page.earlier.map(({ tool, says }) => `${m.earlierTool[tool]}${m.colon}${say(says)}`),
    ...(page.watch && { watch: { says: say(page.watch.says), promql: page.watch.promql.trimEnd() } }),
    recipes: recipeViews(page, setting),
    references: page.references.map(({ title, at }) => `${title}${m.bracket(at)}`),
  };
}

async function diffsOf(page: CausePage): Promise<DiffView[]> {
  const diffs = await exampleDiff(page.files);
  return diffs.map(({ path, hunks }) => ({
    path,
    lines: hunks.flatMap(({ lines }, index) => [
      ...(index > 0 ? [{ sign: "@" as const, text: "" }] : []),
      ...lines,
    ]),
  }));
}

function recipeViews(page: CausePage, setting: Setting): RecipeView[] {
  const m = words(setting);
  return (["live", "core", "gdb"] as const)
    .flatMap((kind) => (page.recipes[kind] ? [{ kind, recipe: page.recipes[kind] }] : []))
    .map(({ kind, recipe }, index) => ({
      index,
      kind,
      title: inLanguage(recipe.title, setting.language),
      steps: recipe.steps.map((step) => {
        const does = stepParts(step, m, (text) => `\`${text}\``).join(m.comma);
        const says = step.says ? inLanguage(step.says, setting.language) : "";
        return [does, says].filter((part) => part !== "").join(m.stop);
      }),
    }));
}

/** What a node of the tree holds; undefined for an id the catalogue lacks. */
export async function nodeView(
  id: string,
  setting: Setting,
  host: HostAbilities,
): Promise<NodeView | undefined> {
  const { catalog, language } = setting;
  const cause = catalog.cause(id);
  if (cause) {
    // A fix can be applied, and a command run, only for the cause the panel is about.
    const page = await causePage(id, setting, { ...host, canApply: false });
    return { id, title: inLanguage(cause.title, language), severity: cause.severity, causes: [], page };
  }
  const event = catalog.event(id);
  if (!event) return undefined;
  return {
    id,
    title: inLanguage(event.title, language),
    severity: event.severity,
    says: inLanguage(event.proves, language),
    causes: catalog.causesOf(id).map((each) => ({ id: each.id, title: inLanguage(each.title, language) })),
  };
}

function stackViews(frames: readonly Frame[], finding: Finding, table: FrameTable): FrameView[] {
  const { location } = finding.diagnosis;
  let pointed = false;
  return frames.slice(0, FRAMES_SHOWN).map((frame) => {
    const here =
      !pointed &&
      location?.line !== undefined &&
      frame.line === location.line &&
      frame.file === location.file &&
      frame.function === location.function;
    pointed ||= here;
    return { ...frameView(frame, table), ...(here && { here: true }) };
  });
}

function frameView(frame: Frame, table: FrameTable): FrameView {
  const open = table.add(frame);
  return {
    name: shortName(frame),
    function: frameName(frame),
    ...(frame.file !== undefined && { place: place(frame) }),
    own: isOwnFrame(frame),
    ...(open !== undefined && { open }),
  };
}

function groupView(group: GoroutineGroup, crash: CrashReport, table: FrameTable): GroupView {
  const sample = crash.goroutines[group.sample]!;
  const states = Object.entries(group.states).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const one = states.length === 1;
  return {
    count: group.count,
    states: visibleLine(states.map(([state, count]) => (one ? state : `${state} ${count}`)).join(", ")),
    ...(group.maxWaitMinutes !== undefined && { maxWaitMinutes: group.maxWaitMinutes }),
    failing: sample.faulting === true,
    frames: sample.frames.slice(0, GROUP_FRAMES_SHOWN).map((frame) => frameView(frame, table)),
    ...(sample.createdBy && { createdBy: frameView(sample.createdBy, table) }),
    ...(group.count === 1 && sample.labels && { labels: sample.labels }),
  };
}

/** The goroutine list: group by group, each in the order of the text. */
export function goroutineRows(finding: Finding): GoroutineRow[] {
  const { crash } = finding.diagnosis;
  return groupMembers(crash).flatMap((members, group) =>
    members.map((index) => goroutineRow(crash.goroutines[index]!, group)),
  );
}

function goroutineRow({ id, state, waitMinutes, labels }: Goroutine, group: number): GoroutineRow {
  return {
    id,
    state: visibleLine(state),
    ...(waitMinutes !== undefined && { minutes: waitMinutes }),
    ...(labels && { labels: visibleLine(labelText(labels)) }),
    group,
  };
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}
