/** The manifest, the table of commands, the words of both languages and the files they name agree. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS, CONTEXT_KEYS } from "../../../src/editor/commands.ts";
import { DEFAULTS, type LintSettings } from "../../../src/server/settings.ts";

const root = resolve(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const json = (path: string) => JSON.parse(read(path));
const manifest = json("package.json");
const { contributes } = manifest;

const sources = readdirSync(join(root, "src/extension"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => read(`src/extension/${name}`));
const code = sources.join("\n");

/** Commands that only our own links and lenses run: they have no title, and so no place in a menu. */
const UNTITLED = ["golm.openCrashAt", "golm.clearMark", "golm.runTest"];

describe("commands", () => {
  const ids = Object.keys(COMMANDS);
  const titled: { command: string; category: string }[] = contributes.commands;

  test("are those of the table", () => {
    expect([...titled.map(({ command }) => command), ...UNTITLED].sort()).toEqual([...ids].sort());
    expect(titled.every(({ category }) => category === "GoLM")).toBe(true);
  });

  test("show in the palette when the table says so", () => {
    const palette: { command: string; when: string }[] = contributes.menus.commandPalette;
    for (const { command } of titled) {
      const when = palette.find((item) => item.command === command)?.when;
      const shown = when === undefined ? "always" : when === "false" ? "never" : "when";
      expect(shown, command).toBe(COMMANDS[command as keyof typeof COMMANDS]);
    }
  });

  test("are registered once each", () => {
    for (const id of ids) {
      const count = code.split(`command(ctx, "${id}"`).length - 1;
      expect(count, id).toBe(1);
    }
  });

  test("of menus exist, and their context keys are set", () => {
    const items = Object.values(contributes.menus).flat() as { command: string; when?: string }[];
    for (const { command, when = "" } of items) {
      expect(ids).toContain(command);
      for (const [key] of when.matchAll(/golm\.(?:has|can|rec)\w+/g))
        expect(Object.values(CONTEXT_KEYS)).toContain(key);
    }
  });
});

describe("settings", () => {
  const properties = contributes.configuration.flatMap((group: { properties: object }) =>
    Object.entries(group.properties),
  );

  test("are read by the code, with the same default", () => {
    for (const [name, { default: otherwise }] of properties) {
      if (name.startsWith("golm.lint.")) {
        // Those the server reads.
        expect(DEFAULTS[name.slice(10) as keyof LintSettings], name).toEqual(otherwise);
        if (name !== "golm.lint.enable") continue;
      }
      const reads = [...code.matchAll(/option(?:<\w+>)?\("([\w.]+)", (true|false|""|\[\])/g)].filter(
        ([, read]) => `golm.${read}` === name,
      );
      expect(reads.length, name).toBeGreaterThan(0);
      for (const [, , value] of reads) expect(value, name).toBe(JSON.stringify(otherwise));
    }
  });

  test("are few, and described", () => {
    expect(properties.length).toBeLessThanOrEqual(16);
    for (const [name, { markdownDescription }] of properties)
      expect(markdownDescription, name).toMatch(/^%.+%$/);
  });
});

describe("words", () => {
  const [en, zh] = [json("package.nls.json"), json("package.nls.zh-cn.json")];

  test("of the manifest are there in both languages, and none more", () => {
    const wanted = [
      ...new Set([...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!)),
    ].sort();
    expect(Object.keys(en).sort()).toEqual(wanted);
    expect(Object.keys(zh).sort()).toEqual(wanted);
    for (const key of wanted) expect(zh[key], key).toMatch(/\p{Script=Han}/u);
  });

  test("of the code are there in both languages, and none more", () => {
    const calls = [...code.matchAll(/l10n\.t\(\s*"((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
      JSON.parse(`"${text}"`),
    );
    expect(calls.length).toBe(code.split("l10n.t(").length - 1);
    const wanted = [...new Set(calls)].sort();
    const [english, chinese] = [json("l10n/bundle.l10n.json"), json("l10n/bundle.l10n.zh-cn.json")];
    expect(Object.keys(english).sort()).toEqual(wanted);
    expect(Object.keys(chinese).sort()).toEqual(wanted);
    for (const text of wanted) {
      expect(chinese[text], text).toMatch(/\p{Script=Han}/u);
      const places = (words: string) => [...words.matchAll(/\{\d\}/g)].map(String).sort();
      expect(places(chinese[text]), text).toEqual(places(text));
    }
  });
});

test("files named in the manifest exist", () => {
  const paths = [
    ...read("package.json").matchAll(/"(?:\.\/)?((?:media|syntaxes|snippets|l10n)\/?[\w./-]*)"/g),
  ];
  expect(paths.length).toBeGreaterThan(5);
  for (const [, path] of paths) expect(existsSync(join(root, path!)), path).toBe(true);
});

describe("$go-panic", () => {
  const [{ pattern }] = contributes.problemMatchers;
  const [call, place] = pattern.map(({ regexp }: { regexp: string }) => new RegExp(regexp));

  function problems(path: string): string[] {
    const lines = read(`test/golden/trace/${path}`).split("\n");
    return lines.flatMap((line, at) => {
      const [named, found] = [call.exec(line), place.exec(lines[at + 1] ?? "")];
      return named && found ? [`${found[1].split("/").pop()}:${found[2]} ${named[1]}`] : [];
    });
  }

  test("finds a real panic's frames in the user's code, and no others", () => {
    expect(problems("cgo/ggml-assert-go1.26.txt")).toEqual([
      "main.go:78 main.(*model).forward",
      "main.go:141 main.main",
    ]);
    const names = readdirSync(join(root, "test/golden/trace/panic")).filter((name) => name.endsWith(".txt"));
    const found = names.flatMap((name) => problems(`panic/${name}`));
    expect(found.length).toBeGreaterThan(names.length / 2);
    expect(found.filter((problem) => / (?:runtime|testing|net\/http|panic)[.(/]/.test(problem))).toEqual([]);
  });
});

test("what debugs is asked for trust by the manifest: the extension may be told of it after it has started", () => {
  const whens =
    JSON.stringify(manifest.contributes).match(/"when":"[^"]*golm\.(?:canDebug|debugsGo)[^"]*"/g) ?? [];
  expect(whens.length).toBeGreaterThan(5);
  expect(whens.filter((when) => !when.includes("isWorkspaceTrusted"))).toEqual([]);
});
