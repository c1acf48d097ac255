/**
 * Whole outputs compared with texts a person has read. UPDATE_GOLDEN=1 writes them anew; read the difference
 * before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { root, runner, workFolder } from "./cli.ts";

const folder = workFolder();
const run = runner(folder.path);
afterAll(() => folder.remove());

const inputs = "test/golden/cli/inputs";
const traces = "test/golden/trace";
const SOURCE = "test/golden/cli/source";

interface Golden {
  readonly name: string;
  readonly args: readonly string[];
  readonly status: number;
  readonly env?: Readonly<Record<string, string>>;
}

const diagnose = (...args: string[]) => ["diagnose", ...args];

const GOLDEN: readonly Golden[] = [
  { name: "off-by-one.txt", args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE), status: 1 },
  {
    name: "off-by-one.zh-cn.txt",
    args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE, "--lang", "zh-cn"),
    status: 1,
  },
  {
    name: "off-by-one.colour.txt",
    args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE, "--color", "always"),
    status: 1,
  },
  {
    name: "off-by-one.narrow.txt",
    args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE),
    env: { COLUMNS: "44" },
    status: 1,
  },
  {
    name: "off-by-one.all.txt",
    args: diagnose(`${inputs}/off-by-one.txt`, "--no-source", "--all"),
    status: 1,
  },
  {
    name: "off-by-one.md",
    args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE, "--format", "markdown"),
    status: 1,
  },
  {
    name: "off-by-one.github",
    args: diagnose(`${inputs}/off-by-one.txt`, "--no-source", "--format", "github"),
    status: 1,
  },
  {
    name: "off-by-one.sarif",
    args: diagnose(`${inputs}/off-by-one.txt`, "--no-source", "--format", "sarif"),
    status: 1,
  },
  {
    name: "off-by-one.html",
    args: diagnose(`${inputs}/off-by-one.txt`, "--source", SOURCE, "--format", "html"),
    status: 1,
  },
  {
    name: "off-by-one.json",
    args: diagnose(`${inputs}/off-by-one.txt`, "--no-source", "--format", "json"),
    status: 1,
  },
  { name: "deadlock.txt", args: diagnose(`${inputs}/deadlock.txt`, "--no-source"), status: 1 },
  {
    name: "deadlock.zh-cn.txt",
    args: diagnose(`${inputs}/deadlock.txt`, "--no-source", "--lang", "zh-cn"),
    status: 1,
  },
  { name: "recovered.txt", args: diagnose(`${traces}/serving/http-go1.26.txt`, "--no-source"), status: 1 },
  { name: "native.txt", args: diagnose(`${traces}/cgo/ggml-assert-go1.26.txt`, "--no-source"), status: 1 },
  { name: "race.txt", args: diagnose(`${traces}/race/main-go1.26.txt`, "--no-source"), status: 1 },
  { name: "chain.txt", args: diagnose(`${traces}/panic/three-deep-go1.26.txt`, "--no-source"), status: 1 },
  { name: "wrapped.txt", args: diagnose(`${traces}/wrapped/compose-index.txt`, "--no-source"), status: 1 },
  {
    name: "several.txt",
    args: diagnose(
      `${inputs}/off-by-one.txt`,
      `${inputs}/deadlock.txt`,
      `${inputs}/off-by-one.txt`,
      "--no-source",
    ),
    status: 1,
  },
  { name: "explain-cause.txt", args: ["explain", "runtime/index-out-of-range/off-by-one"], status: 0 },
  { name: "explain-cause.zh-cn.txt", args: ["explain", "off-by-one", "--lang", "zh-cn"], status: 0 },
  { name: "explain-cause.md", args: ["explain", "off-by-one", "--format", "markdown"], status: 0 },
  { name: "explain-event.txt", args: ["explain", "runtime/index-out-of-range"], status: 0 },
  { name: "list.txt", args: ["list"], status: 0 },
  { name: "list.zh-cn.txt", args: ["list", "--lang", "zh-cn"], status: 0 },
  { name: "help.txt", args: ["--help"], status: 0 },
  { name: "help-diagnose.zh-cn.txt", args: ["diagnose", "--help", "--lang", "zh-cn"], status: 0 },
];

describe("output as it was read and approved", () => {
  test.each(GOLDEN)("$name", ({ name, args, status, env }) => {
    const result = run(args, env ? { env } : {});
    expect(result.stderr).toBe("");
    expect(result.status).toBe(status);
    compare(name, result.stdout);
  });
});

/** The version changes with each release, and only it. */
function compare(name: string, printed: string): void {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const text = printed.replaceAll(version, "VERSION");
  const path = join(root, "test/golden/cli", name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${name} is missing; UPDATE_GOLDEN=1 writes it`).toBe(true);
  expect(text).toBe(readFileSync(path, "utf8"));
}
