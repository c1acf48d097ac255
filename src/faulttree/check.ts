/** What the schema cannot say of a scenario: expressions, captures, relations, languages, names. */
import { expressionsOf, partsOf } from "./conditions.ts";
import type { Path, YamlFile } from "./document.ts";
import { relationNames } from "./numbers.ts";
import { captureNames, Re2Error } from "./re2.ts";
import { checkRecipe } from "./recipe-check.ts";
import type { Cause, Condition, Event } from "./schema.ts";

/** Adds the errors of an event to its file. */
export function checkEvent(event: Event, file: YamlFile): void {
  checkTexts(event, [], file);
  for (const [i, condition] of event.match.entries()) checkCondition(condition, ["match", i], file);
}

/** Adds the errors of a cause to its file. `siblings` are the last id parts of its event's causes. */
export function checkCause(
  cause: Cause,
  siblings: ReadonlySet<string>,
  ids: ReadonlySet<string>,
  file: YamlFile,
): void {
  checkTexts(cause, [], file);
  const seen = new Set<string>();
  for (const [i, evidence] of cause.evidence.entries()) {
    const path = ["evidence", i];
    if (seen.has(evidence.id))
      file.fail([...path, "id"], `The evidence id "${evidence.id}" is used twice. Give each its own.`);
    seen.add(evidence.id);
    if (evidence.weight === 0 && !evidence.required)
      file.fail([...path, "weight"], "A weight of 0 says nothing. Give it a weight or remove the evidence.");
    const names = checkCondition(evidence.when, [...path, "when"], file);
    checkSays(evidence.says, names, [...path, "says"], file);
  }
  for (const [i, { from }] of cause.separates.entries()) {
    if (!siblings.has(from) && !ids.has(from))
      file.fail(
        ["separates", i, "from"],
        `No cause "${from}" in this event. Choose one of: ${[...siblings].join(", ") || "(none)"}.`,
      );
  }
  for (const [path, source] of [
    [["repro", "expect", "output"], cause.repro.expect.output],
    [["repro", "expect", "location"], cause.repro.expect.location],
    [["fixed", "output"], cause.fixed.output],
  ] as const)
    if (source !== undefined) checkExpression(source, path, file);
  for (const kind of ["live", "core", "gdb"] as const) {
    const recipe = cause.recipes[kind];
    if (recipe) checkRecipe(recipe, kind, ["recipes", kind], file);
  }
}

/** Causes that share an alert share its rule. `known` holds what earlier causes said, by the alert's name. */
export function checkAlert({ watch }: Cause, known: Map<string, string>, file: YamlFile): void {
  if (!watch) return;
  const rule = JSON.stringify([watch.promql, watch.for, watch.own]);
  const other = known.get(watch.alert) ?? rule;
  if (other !== rule)
    file.fail(
      ["watch", "alert"],
      `The alert ${watch.alert} has another expression in another cause. Give this one a name of its own.`,
    );
  known.set(watch.alert, other);
}

/** Checks a condition and its parts; returns the names whose captures `says` may use. */
function checkCondition(condition: Condition, path: Path, file: YamlFile): Set<string> {
  const names = new Set<string>();
  checkNotEmpty(condition, path, file);
  for (const { path: at, source, where, captures } of expressionsOf(condition, path)) {
    const own = checkExpression(source, at, file);
    if (!own) continue;
    if (captures) for (const name of own) names.add(name);
    for (const [i, relation] of where.entries()) {
      for (const name of relationNames(relation)) {
        if (own.has(name)) continue;
        file.fail(
          [...at.slice(0, -1), "where", i],
          `The relation "${relation}" speaks of "${name}", which the expression does not capture. Add (?P<${name}>...).`,
        );
      }
    }
  }
  return names;
}

function checkNotEmpty(condition: Condition, path: Path, file: YamlFile): void {
  const given = Object.entries(condition).filter(([, value]) => value !== undefined);
  if (given.length === 0) file.fail(path, "An empty condition always holds. Say what must be seen.");
  if (condition.all?.length === 0) file.fail([...path, "all"], "An empty list. Add conditions or remove it.");
  if (condition.any?.length === 0) file.fail([...path, "any"], "An empty list. Add conditions or remove it.");
  const { frame } = condition;
  if (frame && frame.function === undefined && frame.file === undefined && !frame.arg)
    file.fail([...path, "frame"], "Any frame fits this. Add function, file or arg.");
  for (const part of partsOf(condition, path)) checkNotEmpty(part.condition, part.path, file);
}

function checkExpression(source: string, path: Path, file: YamlFile): ReadonlySet<string> | undefined {
  try {
    return captureNames(source);
  } catch (error) {
    if (!(error instanceof Re2Error)) throw error;
    file.fail(path, `The regular expression cannot be used: ${error.message}. Rewrite it in RE2's syntax.`);
    return undefined;
  }
}

function checkSays(
  says: { en: string; zh: string },
  names: ReadonlySet<string>,
  path: Path,
  file: YamlFile,
): void {
  for (const language of ["en", "zh"] as const) {
    for (const [, name] of says[language].matchAll(/\{([a-z]\w*)\}/g)) {
      if (names.has(name!)) continue;
      file.fail(
        [...path, language],
        `{${name}} is captured by no expression of this evidence. Add (?P<${name}>...) or remove it.`,
      );
    }
  }
}

/** Both languages say something, and the Chinese one in Chinese. */
function checkTexts(value: unknown, path: Path, file: YamlFile): void {
  if (typeof value !== "object" || value === null) return;
  const { en, zh } = value as { en?: unknown; zh?: unknown };
  if (typeof en === "string" && typeof zh === "string") {
    if (en.trim() === "") file.fail([...path, "en"], "The English text is blank. Write it.");
    if (zh.trim() === "") file.fail([...path, "zh"], "The Chinese text is blank. Write it.");
    else if (en === zh) file.fail([...path, "zh"], "Both languages hold the same text. Translate it.");
    else if (!/\p{Script=Han}/u.test(zh) && /\p{L}{2}/u.test(withoutCode(zh)))
      file.fail([...path, "zh"], "The Chinese text holds no Chinese character. Translate it.");
    else if (/\p{Script=Han}/u.test(withoutCode(en)))
      file.fail([...path, "en"], "The English text holds Chinese characters. Translate it.");
    return;
  }
  for (const [key, part] of Object.entries(value))
    checkTexts(part, [...path, Array.isArray(value) ? Number(key) : key], file);
}

/** Quoted code stays as it is in every language. */
function withoutCode(text: string): string {
  return text.replace(/`[^`]*`/g, "");
}
