/** Every recorded crash text, in every format and both languages: nothing throws, nothing acts on a screen. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { width } from "../../../src/cli/terminal/layout.ts";
import { textReporter } from "../../../src/cli/terminal/reporter.ts";
import { styleOf } from "../../../src/cli/terminal/style.ts";
import type { Setting } from "../../../src/export/finding.ts";
import {
  githubReporter,
  htmlReporter,
  jsonReporter,
  markdownReporter,
  type Reporter,
  sarifReporter,
} from "../../../src/export/index.ts";
import { findingsOf, settingIn, written } from "./example.ts";

const traces = resolve(import.meta.dirname, "../../golden/trace");
const texts = readdirSync(traces, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".txt"))
  .map((name) => join("trace", name))
  .sort();

const COLUMNS = 72;
const root = { root: "/src" };
const formats: Readonly<Record<string, (setting: Setting) => Reporter>> = {
  text: (setting) => textReporter(setting, { columns: COLUMNS, style: styleOf(false) }),
  json: jsonReporter,
  sarif: (setting) => sarifReporter(setting, root),
  github: (setting) => githubReporter(setting, root),
  markdown: markdownReporter,
  html: htmlReporter,
};

const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe.each(Object.entries(formats))("%s", (format, reporter) => {
  test.each(["en", "zh-cn"] as const)("in %s", { timeout: 120_000 }, async (language) => {
    for (const path of texts) {
      const findings = findingsOf(path, language);
      const out = await written(reporter(settingIn(language)), findings);
      expect(ACTIVE.exec(out), path).toBeNull();
      // A loader's own words hold one of these.
      const ours = out.replaceAll(/undefined(?=\s+symbol)/g, "");
      expect(ours, path).not.toMatch(/undefined|\[object Object\]|NaN/);
      if (format === "json" || format === "sarif") JSON.parse(out);
      if (format === "github") expect(out.split("\n"), path).toHaveLength(findings.length + 1);
      if (format === "text") checkWidth(out, path);
    }
  });
});

/** All but commands, which must stay in one line to be copied, fits the terminal. */
function checkWidth(out: string, path: string): void {
  for (const line of out.split("\n")) {
    if (/^\s*(?:\S+\s+)?\$ /.test(line)) continue;
    expect(width(line), `${path}: ${line}`).toBeLessThanOrEqual(COLUMNS);
  }
}
