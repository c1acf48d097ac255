/** The examples of both READMEs are what the program prints: the parts that matter, whatever the wording around. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, runner } from "./cli.ts";

const run = runner(join(root, "dist"));
const source = join(root, "catalog/runtime/index-out-of-range/off-by-one/repro");

describe.each([
  ["README.md", "en"],
  ["README.zh-cn.md", "zh-cn"],
])("%s", (file, language) => {
  const blocks = [...readFileSync(join(root, file), "utf8").matchAll(/```(?:text|console)\n([\s\S]*?)```/g)];
  const [crash, session] = blocks.map((block) => block[1]!);

  test("its example is real", () => {
    const printed = run(["diagnose", "--lang", language], { input: crash!, cwd: source }).stdout;
    const shown = session!.split("\n").slice(1);
    expect(shown[0]).toBe(printed.split("\n")[0]);
    expect(shown[1]).toBe(printed.split("\n")[1]);
    for (const part of [/main\.go:9 .*main\.sumScores/, /> +9 │ .*/, /· runtime\/\S+/, /\+ .* 3 .*/]) {
      const said = part.exec(printed)?.[0];
      expect(said).toBeDefined();
      expect(session).toContain(said);
    }
  });
});
