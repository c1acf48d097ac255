// What the panel is given: complete for every kind of crash, in both languages, and with places that point where they say.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding, Setting } from "../../../src/export/finding.ts";
import type { Language } from "../../../src/faulttree/diagnosis.ts";
import { diagnose } from "../../../src/faulttree/index.ts";
import { readTrace } from "../../../src/trace/index.ts";
import { goroutineRows, nodeView, panelModel } from "../../../src/webview/model.ts";
import type { PanelModel, TreeNode } from "../../../src/webview/protocol.ts";
import { crashRange } from "../../../src/webview/raw.ts";
import { catalog, texts } from "../crosstalk/texts.ts";
import { KINDS } from "../export/example.ts";

const golden = resolve(import.meta.dirname, "../../golden");
const can = {
  openEditor: true,
  askModel: true,
  openCore: true,
  runWithCore: false,
  run: true,
  exportFile: true,
};
const host = { can, canApply: false };
const seen = { count: 1, first: 0, last: 0 };

const settingIn = (language: Language): Setting => ({ language, catalog, all: true, version: "1.2.3" });

function findingsIn(text: string | Uint8Array, language: Language = "en"): Finding[] {
  return readTrace(text).map((crash) => ({ diagnosis: diagnose(crash, catalog, { language }), input: "x" }));
}

async function modelOf(finding: Finding, bytes: Uint8Array, language: Language = "en") {
  const range = crashRange(finding.diagnosis.crash);
  const raw = bytes.subarray(range.start, range.end);
  return panelModel({ finding, setting: settingIn(language), raw, rawStart: range.start, seen, host });
}

async function modelsOf(text: string | Uint8Array, language: Language = "en"): Promise<PanelModel[]> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const findings = findingsIn(bytes, language);
  return Promise.all(findings.map(async (finding) => (await modelOf(finding, bytes, language)).model));
}

function nodes(tree: TreeNode): TreeNode[] {
  return [tree, ...(tree.children ?? []).flatMap(nodes)];
}

describe.each(["en", "zh-cn"] as const)("the model in %s", (language) => {
  test.each(KINDS)("is whole for %s", async (file) => {
    const models = await modelsOf(readFileSync(join(golden, file)), language);
    expect(models.length).toBeGreaterThan(0);
    for (const model of models) {
      expect(model.headline).not.toBe("");
      expect(model.raw.text.trim()).not.toBe("");
      expect(JSON.stringify(model)).not.toContain("undefined");
      // Everything travels as a message: what JSON loses would be lost there.
      expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    }
  });
});

describe("the tree", () => {
  test("lights one path from the failure to the best cause", async () => {
    const [model] = await modelsOf(texts["runtime/channel/stream-after-cancel"]!.repro!);
    const lit = nodes(model!.tree).filter(({ lit }) => lit);
    expect(lit.map(({ kind }) => kind)).toEqual(["top", "layer", "event", "cause"]);
    expect(lit.at(-1)!.id).toBe(model!.causes[0]!.id);
  });

  test("lights all causes of an AND gate, and none beside the event", async () => {
    const and = Object.entries(texts).filter(([, { repro }]) => repro !== undefined);
    for (const [, { repro }] of and.slice(0, 40)) {
      for (const model of await modelsOf(repro!)) {
        const events = nodes(model.tree).filter(({ kind, lit }) => kind === "event" && lit);
        expect(events.map(({ id }) => id)).toEqual([model.event.id]);
      }
    }
  });

  test("shows an event that the catalogue lacks in a place of its own", async () => {
    const [model] = await modelsOf(
      "panic: ?\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1d\n",
    );
    const [node] = nodes(model!.tree).filter(({ kind, lit }) => kind === "event" && lit);
    expect(node?.id).toBe(model!.event.id);
  });
});

describe("evidence", () => {
  test("points into the raw text at what it names", async () => {
    const [model] = await modelsOf(texts["runtime/channel/stream-after-cancel"]!.repro!);
    const at = (says: string) => {
      const range = model!.causes[0]!.evidence.find((each) => each.says === says)?.range;
      return range && model!.raw.text.slice(range.start, range.end);
    };
    expect(at("The channel was closed before the send.")).toContain("send on closed channel");
    expect(at("The failing function produces a stream.")).toMatch(/^main\.\(\*runner\)\.generate/);
    expect(at("A request handler started this goroutine.")).toMatch(
      /^created by main\.\(\*runner\)\.completions/,
    );
  });

  test("points right behind bytes that are shown as escapes, and behind wide characters", async () => {
    const crash = texts["runtime/channel/stream-after-cancel"]!.repro!;
    const dirty = crash.replace("goroutine ", "\u001b[31m模型\u202e\u0007 \ngoroutine ");
    for (const model of await modelsOf(dirty)) {
      for (const { range, says } of model.causes[0]?.evidence ?? []) {
        if (!range) continue;
        const shown = model.raw.text.slice(range.start, range.end);
        expect(shown.trim(), says).toBe(shown);
        expect(shown, says).toMatch(/send on closed|main\./);
      }
    }
  });

  test("of a text that is cut in the middle points at what is left of it", async () => {
    const crash = texts["runtime/channel/stream-after-cancel"]!.repro!;
    const parked = (id: number) =>
      `goroutine ${id} [select]:\nmain.idle()\n\t/src/app/idle.go:12 +0x1d\ncreated by main.main in goroutine 1\n\t/src/app/main.go:9 +0x2c\n\n`;
    const many = Array.from({ length: 6000 }, (_, index) => parked(1000 + index)).join("");
    const [model] = await modelsOf(crash.replace(/exit status 2\n$/, `\n${many}exit status 2\n`));
    expect(model!.raw.cut).toBe(true);
    expect(model!.raw.text.length).toBeLessThan(450_000);
    expect(model!.raw.text).toContain("left out here");
    const range = model!.causes[0]!.evidence.find(({ says }) =>
      says.startsWith("The channel was closed"),
    )?.range;
    expect(model!.raw.text.slice(range!.start, range!.end)).toContain("send on closed channel");
  });
});

describe("what the page answers with", () => {
  test("stands for the places of the text, one number each", async () => {
    const bytes = Buffer.from(texts["runtime/channel/stream-after-cancel"]!.repro!);
    const [finding] = findingsIn(bytes);
    const { model, frames } = await modelOf(finding!, bytes);
    const numbers = model.stack.flatMap(({ open }) => (open === undefined ? [] : [open]));
    expect(numbers.length).toBeGreaterThan(1);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { open, function: name, place } of model.stack) {
      const found = frames.at(open!)!;
      expect(found.function).toBe(name);
      expect(place).toBe(`${found.file}:${found.line}`);
    }
    expect(frames.at(9999)).toBeUndefined();
    expect(frames.at(-1)).toBeUndefined();
  });
});

describe("the goroutine list", () => {
  test("has a row for each goroutine, in the group whose stack it shares", () => {
    const text = texts["runtime/goroutine-dump/waiting-for-a-reply"]!.repro!;
    const [finding] = findingsIn(text);
    const rows = goroutineRows(finding!);
    const { goroutines } = finding!.diagnosis.crash;
    expect(rows.map(({ id }) => id).sort()).toEqual(goroutines.map(({ id }) => id).sort());
    for (const [index, group] of finding!.diagnosis.groups.entries())
      expect(rows.filter((row) => row.group === index)).toHaveLength(group.count);
  });
});

describe("a node that is opened", () => {
  test("has the page of a cause, or the causes of an event", async () => {
    const cause = await nodeView("runtime/channel/closed-twice", settingIn("zh-cn"), host);
    expect(cause?.page?.fix.diffs.length).toBeGreaterThan(0);
    const event = await nodeView("runtime/channel", settingIn("en"), host);
    expect(event?.causes.map(({ id }) => id)).toContain("runtime/channel/closed-twice");
    expect(await nodeView("runtime/no-such", settingIn("en"), host)).toBeUndefined();
    expect(await nodeView("constructor", settingIn("en"), host)).toBeUndefined();
  });
});
