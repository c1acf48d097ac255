import { describe, expect, test } from "vitest";
import { githubReporter } from "../../../src/export/github.ts";
import { htmlReporter, markdownReporter, sarifReporter } from "../../../src/export/index.ts";
import { pageMarkdown } from "../../../src/export/page-markdown.ts";
import type { Reporter } from "../../../src/export/reporter.ts";
import { maskText } from "../../../src/export/secrets.ts";
import { diagnose } from "../../../src/faulttree/index.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { catalog, texts } from "../crosstalk/texts.ts";

describe("what is no secret", () => {
  test("is left alone in every recorded crash", () => {
    for (const { repro, fixed } of Object.values(texts))
      for (const text of [repro, fixed]) if (text) expect(maskText(text)).toBe(text);
  });

  test("is left alone on every page of the catalogue, in both languages", async () => {
    for (const language of ["en", "zh-cn"] as const) {
      const setting = { language, catalog, all: true, version: "0" };
      for (const { id } of catalog.causes) {
        const page = await pageMarkdown(id, setting);
        expect(maskText(page)).toBe(page);
      }
    }
  });

  test.each([
    "goroutine 1 gp=0x2461d08321e0 m=0 mp=0x8a2f40 [running]:",
    "github.com/acme/llm@v1.2.3-0.20260101120000-0123456789ab/engine.go:58 +0x1d",
    "max_tokens=4096&temperature=0.7",
    "invalid token: unexpected end of JSON input",
    "basic understanding of bearer authentication",
    'tokenizer: "llama3-bpe-v2"',
    "GOTRACEBACK=all GOMEMLIMIT=4GiB",
    "build id nGIu2CL3e06lj0Fypl9A/OJiypy_3hRJ-WfUuBTQQ",
  ])("is left alone: %s", (text) => expect(maskText(text)).toBe(text));
});

/** Made up for this test. */
const SECRETS = [
  ["OPENAI_API_KEY=sk-proj-0a1b2c3d4e5f6a7b8c9d", "0a1b2c3d4e5f"],
  ["token hf_AbCdEfGhIjKlMnOpQr12", "AbCdEfGhIjKl"],
  ["dial postgres://llm:hunter2@db:5432/llm", "hunter2"],
  ["GET /v1/models?api_key=abc123def456&stream=1", "abc123def456"],
  ["Authorization: Bearer 0a1b2c3d4e5f6a7b", "0a1b2c3d4e5f"],
  ["DB_PASSWORD=correcthorse", "correcthorse"],
  ['{"client_secret":"s3cr3tvalue99"}', "s3cr3tvalue99"],
] as const;

async function written(reporter: Reporter, text: string): Promise<string> {
  const setting = { language: "en", catalog, all: true, version: "0" } as const;
  const reports = readTrace(Buffer.from(text));
  expect(reports).toHaveLength(1);
  const finding = { input: "a.log", diagnosis: diagnose(reports[0]!, catalog, { ...setting, text }) };
  let out = "";
  for await (const piece of reporter.finding(finding as never)) out += piece;
  return out;
}

describe("what is a secret", () => {
  test.each(SECRETS)("is masked: %s", (text, secret) => {
    expect(maskText(text)).not.toContain(secret);
    expect(maskText(text)).toContain("***");
  });

  const setting = { language: "en", catalog, all: true, version: "0" } as const;
  test.each([
    ["Markdown", markdownReporter(setting)],
    ["HTML", htmlReporter(setting)],
    ["GitHub annotations", githubReporter(setting, { root: "/src" })],
    ["SARIF", sarifReporter(setting, { root: "/src" })],
  ])("does not reach %s", async (_name, reporter) => {
    for (const [text, secret] of SECRETS) {
      const crash = `panic: request failed: ${text}\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x25\nexit status 2\n`;
      const report = await written(reporter, crash);
      expect(report).toContain("request failed");
      expect(report).not.toContain(secret);
    }
  });
});
