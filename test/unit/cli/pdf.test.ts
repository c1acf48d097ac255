import { afterAll, describe, expect, test } from "vitest";
import { findBrowser, printToPdf } from "../../../src/cli/pdf/browser.ts";
import { runner, workFolder } from "./cli.ts";

const folder = workFolder();
const run = runner(folder.path);
afterAll(() => folder.remove());

const input = "test/golden/cli/inputs/off-by-one.txt";

describe("a report as PDF", () => {
  test("needs a browser, and says how to get one", () => {
    const { status, stdout, stderr } = run(["diagnose", "--format", "pdf", input], {
      env: { PATH: "/nowhere", GOLM_BROWSER: "" },
    });
    expect(stderr).toContain("install Chromium, Chrome or Edge");
    expect([status, stdout]).toEqual([2, ""]);
  });

  test("says what the browser said when it prints nothing", () => {
    const env = { GOLM_BROWSER: "/bin/false" };
    const { status, stdout, stderr } = run(["diagnose", "--format", "pdf", input], { env });
    expect(stderr).toContain("/bin/false could not print the report: it wrote no file.");
    expect([status, stdout]).toEqual([2, ""]);
  });

  const browser = findBrowser();
  // Printing is tried where a browser is installed; nothing else here can print.
  if (browser)
    test("is what the browser prints", { timeout: 90_000 }, async () => {
      const pdf = await printToPdf(browser, "<!doctype html><title>t</title><h1>Index out of range</h1>");
      expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
      expect(pdf.subarray(-8).toString("latin1")).toContain("%%EOF");
    });
});
