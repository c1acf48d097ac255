/** What of a finding is shown, and as what. */
import { expect, it } from "vitest";
import type { LintFinding } from "../../../src/golint/index.ts";
import { diagnosticOf, type Showing } from "../../../src/server/diagnostics.ts";
import { DEFAULTS, readClientOptions, readSettings, settingsIn } from "../../../src/server/settings.ts";

const place = { start: 0, end: 4, from: { line: 3, column: 2 }, to: { line: 3, column: 6 } };
const finding: LintFinding = {
  rule: "some-rule",
  severity: "hint",
  file: "a.go",
  range: place,
  message: { en: "It could be better.", zh: "可以更好。" },
  related: [{ range: place, message: { en: "Here.", zh: "这里。" } }],
  fixes: [],
  fingerprint: "",
};
const showing: Showing = {
  language: "en",
  settings: DEFAULTS,
  besideGopls: true,
  related: true,
  ruleLink: undefined,
};

it("shows a hint as information, with what it is related to", () => {
  expect(diagnosticOf(finding, "file:///a.go", showing)).toMatchObject({
    severity: 3,
    range: { start: { line: 2, character: 1 }, end: { line: 2, character: 5 } },
    relatedInformation: [{ message: "Here.", location: { uri: "file:///a.go" } }],
  });
  const plain = diagnosticOf(finding, "file:///a.go", { ...showing, related: false, language: "zh-cn" });
  expect(plain).toMatchObject({ message: "可以更好。" });
  expect(plain).not.toHaveProperty("relatedInformation");
});

it("leaves to gopls what vet finds, where gopls is there", () => {
  const ofVet: LintFinding = { ...finding, alsoIn: "vet" };
  expect(diagnosticOf(ofVet, "file:///a.go", showing)).toBeUndefined();
  expect(diagnosticOf(ofVet, "file:///a.go", { ...showing, besideGopls: false })).toBeDefined();
});

it("takes settings in the shapes clients send, and malformed ones as not given", () => {
  const lint = { rules: { a: "off", b: 3 }, onType: "yes", buildTags: ["x", 1], besideGopls: "on" };
  for (const shape of [lint, { lint }, { golm: { lint } }, { settings: { golm: { lint } } }])
    expect(readSettings(settingsIn(shape))).toEqual({
      enable: true,
      onType: true,
      rules: { a: "off" },
      buildTags: ["x"],
      besideGopls: "on",
    });
  for (const nonsense of [null, undefined, 3, "x", [], { golm: [] }])
    expect(readSettings(settingsIn(nonsense))).toEqual(DEFAULTS);
  expect(readClientOptions({ env: { GOOS: "js", PATH: "/x", GOARCH: 7 }, commands: 1 })).toEqual({
    commands: false,
    gopls: false,
    env: { GOOS: "js" },
    buildTags: [],
  });
});
