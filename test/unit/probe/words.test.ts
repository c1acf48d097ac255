/** What holds for every probe: secrets, links into the catalogue, whole outputs as they were read and approved. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MASK, maskArguments, maskText, maskValue } from "../../../src/export/secrets.ts";
import { bytesText } from "../../../src/probe/sizes.ts";
import { root, runner } from "../cli/cli.ts";

const run = runner(join(root, "dist"));

describe("secrets", () => {
  test.each([
    [
      ["/srv", "--api-key", "abc", "--model", "x"],
      ["/srv", "--api-key", MASK, "--model", "x"],
    ],
    [
      ["/srv", "--token=abc", "PASSWORD=x", "-v"],
      ["/srv", `--token=${MASK}`, `PASSWORD=${MASK}`, "-v"],
    ],
    [
      ["/srv", "postgres://me:pw@db/x?sslmode=off&password=p"],
      ["/srv", `postgres://${MASK}@db/x?sslmode=off&password=${MASK}`],
    ],
    [
      ["/srv", "sk-abcdefghijklmnopqrst", "hf_abcdefghijklmno"],
      ["/srv", MASK, MASK],
    ],
    [
      ["/srv", "--header", "Authorization: Bearer abcdefghijk"],
      ["/srv", "--header", `Authorization: ${MASK}`],
    ],
    [
      ["/srv", "--password", "--verbose"],
      ["/srv", "--password", "--verbose"],
    ],
    [
      ["/srv", "--author", "me", "--max-tokens=5"],
      ["/srv", "--author", "me", "--max-tokens=5"],
    ],
  ])("%j", (args, masked) => {
    expect(maskArguments(args)).toEqual(masked);
  });

  test("a value that a name calls secret never comes through", () => {
    const name = fc.constantFrom("API_KEY", "DB_PASSWORD", "token", "AWS_SECRET_ACCESS_KEY", "auth");
    fc.assert(
      fc.property(name, fc.stringMatching(/^[A-Za-z0-9]{6,30}$/), (key, secret) => {
        expect(maskValue(key, secret)).toBe(MASK);
        expect(maskArguments(["p", `--${key}=${secret}`, `--${key}`, secret]).slice(1)).toEqual([
          `--${key}=${MASK}`,
          `--${key}`,
          MASK,
        ]);
        expect(maskText(`https://u:${secret}@host/`)).toBe(`https://${MASK}@host/`);
      }),
    );
  });
});

test("every scenario a probe links to is in the catalogue", () => {
  const files = readdirSync(join(root, "src/probe"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const ids = files.flatMap((name) =>
    [
      ...readFileSync(join(root, "src/probe", name), "utf8").matchAll(
        /"((?:runtime|native|resource|model|build-deploy)\/[a-z0-9/-]+)"/g,
      ),
    ].map((match) => match[1]!),
  );
  const unknown = [...new Set(ids)].filter(
    (id) => !existsSync(join(root, "catalog", id)) || id.startsWith("runtime/pprof"),
  );
  expect(ids.length).toBeGreaterThan(40);
  expect(unknown).toEqual([]);
});

test("sizes", () => {
  expect([0, 1023, 1024, 1536, 1 << 30, 123 * 2 ** 30, -2048].map(bytesText)).toEqual([
    "0 B",
    "1023 B",
    "1 KiB",
    "1.5 KiB",
    "1 GiB",
    "123 GiB",
    "-2 KiB",
  ]);
});

describe("whole outputs", () => {
  const dump = "test/golden/probe/leaked/dump.txt";
  test.each([
    ["dockerfile.txt", ["check", "dockerfile", "test/golden/probe/Dockerfile.bad"], 1],
    [
      "dockerfile.zh-cn.txt",
      ["check", "dockerfile", "test/golden/probe/Dockerfile.bad", "--lang", "zh-cn"],
      1,
    ],
    [
      "dockerfile.github",
      ["check", "dockerfile", "test/golden/probe/Dockerfile.bad", "--format", "github"],
      1,
    ],
    ["pod.txt", ["check", "pod", "test/golden/probe/pod.json"], 1],
    ["pod.zh-cn.txt", ["check", "pod", "test/golden/probe/pod.json", "--lang", "zh-cn"], 1],
    ["goroutines.txt", ["check", "goroutines", dump, dump, "--interval", "90s", "--min", "2"], 1],
    [
      "goroutines.zh-cn.txt",
      ["check", "goroutines", dump, dump, "--interval", "90s", "--min", "2", "--lang", "zh-cn"],
      1,
    ],
    ["help.txt", ["check", "--help"], 0],
    ["help.zh-cn.txt", ["check", "--help", "--lang", "zh-cn"], 0],
  ])("%s is as it was read and approved", (name, args, status) => {
    const result = run(args);
    expect([result.status, result.stderr]).toEqual([status, ""]);
    const path = join(root, "test/golden/probe", name);
    if (process.env.UPDATE_GOLDEN) writeFileSync(path, result.stdout);
    expect(result.stdout).toBe(readFileSync(path, "utf8"));
  });
});

test("check alone shows its help, and an unknown probe is named", () => {
  expect(run(["check"]).status).toBe(2);
  const unknown = run(["check", "everything"]);
  expect([unknown.status, unknown.stdout]).toEqual([2, ""]);
  expect(unknown.stderr).toContain("'everything'");
});
