/** The settings below `golm.lint`, and what a client says when it starts us. Anything malformed counts as not given. */
import type { Severity } from "../golint/rule.ts";

/** A finding's severity in an editor; "hint" is shown most quietly. */
export const SHOWN_AS = ["error", "warning", "information", "hint", "off"] as const;
export type ShownAs = (typeof SHOWN_AS)[number];

export interface LintSettings {
  readonly enable: boolean;
  /** Rule id to severity; rules that are not named keep their own. */
  readonly rules: Readonly<Record<string, ShownAs>>;
  /** False: when a file is opened and saved. */
  readonly onType: boolean;
  readonly buildTags: readonly string[];
  /** Whether gopls shows the findings of vet, so that ours add their fix alone. */
  readonly besideGopls: "auto" | "on" | "off";
}

export const DEFAULTS: LintSettings = {
  enable: true,
  rules: {},
  onType: true,
  buildTags: [],
  besideGopls: "auto",
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readSettings(given: unknown): LintSettings {
  const value = isRecord(given) ? given : {};
  const flag = (name: "enable" | "onType") => {
    const found = value[name];
    return typeof found === "boolean" ? found : DEFAULTS[name];
  };
  const { rules, buildTags, besideGopls } = value;
  return {
    enable: flag("enable"),
    onType: flag("onType"),
    rules: isRecord(rules) ? shownAs(rules) : DEFAULTS.rules,
    buildTags: Array.isArray(buildTags) ? buildTags.filter((tag) => typeof tag === "string") : [],
    besideGopls: besideGopls === "on" || besideGopls === "off" ? besideGopls : "auto",
  };
}

function shownAs(rules: Record<string, unknown>): Record<string, ShownAs> {
  const known = Object.entries(rules).filter((entry): entry is [string, ShownAs] =>
    SHOWN_AS.includes(entry[1] as ShownAs),
  );
  return Object.fromEntries(known);
}

/** The settings inside what clients send in several shapes: `{golm:{lint}}`, `{lint}`, or the settings themselves. */
export function settingsIn(given: unknown): unknown {
  let value = given;
  for (const key of ["settings", "golm", "lint"])
    if (isRecord(value) && isRecord(value[key])) value = value[key];
  return value;
}

/** What our own extension tells at the start; other clients leave it all out. */
export interface ClientOptions {
  /** Links and actions may run the commands of our extension. */
  readonly commands: boolean;
  /** The Go extension, and so gopls, is there. */
  readonly gopls: boolean;
  /** GOOS, GOARCH, CGO_ENABLED and GOFLAGS, as the editor's Go tools get them. */
  readonly env: Readonly<Record<string, string>>;
  /** Build tags of the Go extension, for where `golm.lint.buildTags` is empty. */
  readonly buildTags: readonly string[];
}

const ENV = ["GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS"];

export function readClientOptions(given: unknown): ClientOptions {
  const value = isRecord(given) ? given : {};
  const env = isRecord(value.env) ? value.env : {};
  const named = ENV.flatMap((name) => (typeof env[name] === "string" ? [[name, env[name]]] : []));
  return {
    commands: value.commands === true,
    gopls: value.gopls === true,
    env: Object.fromEntries(named),
    buildTags: readSettings({ buildTags: value.buildTags }).buildTags,
  };
}

/** `information` for what could be better: a hint's three dots are not in the list of problems. */
const AS: Readonly<Record<Severity, ShownAs>> = { error: "error", warning: "warning", hint: "information" };

export function shown(rule: string, severity: Severity, settings: LintSettings): ShownAs {
  return settings.rules[rule] ?? AS[severity];
}
