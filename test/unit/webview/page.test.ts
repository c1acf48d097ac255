// The pure parts of the page: messages that come back, the text cut into marks, where nodes stand.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { panelHtml } from "../../../src/webview/html.ts";
import { segments } from "../../../src/webview/page/evidence.ts";
import { layoutTree, WIDE_FROM } from "../../../src/webview/page/tree-layout.ts";
import { parseToHost, type TreeNode } from "../../../src/webview/protocol.ts";

describe("messages from the page", () => {
  test("are rebuilt from the fields they may have", () => {
    expect(parseToHost({ type: "ready", path: "/etc/passwd" })).toEqual({ type: "ready" });
    expect(parseToHost({ type: "openFrame", open: 3, file: "x" })).toEqual({ type: "openFrame", open: 3 });
    expect(parseToHost({ type: "openNode", id: "runtime/channel/closed-twice" })).toEqual({
      type: "openNode",
      id: "runtime/channel/closed-twice",
    });
    expect(parseToHost({ type: "copy", what: "fix" })).toEqual({ type: "copy", what: "fix" });
  });

  test.each([
    null,
    "ready",
    {},
    { type: "openFrame" },
    { type: "openFrame", open: -1 },
    { type: "openFrame", open: 1.5 },
    { type: "openFrame", open: "0" },
    { type: "openNode", id: "../../etc/passwd" },
    { type: "openNode", id: "a/b/c/d" },
    { type: "copy", what: "toString" },
    { type: "exports" },
    { type: "runVerify2" },
    { type: "__proto__" },
  ])("are refused when they are %j", (message) => {
    expect(parseToHost(message)).toBeUndefined();
  });

  test("never throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseToHost(value)));
  });
});

describe("the raw text", () => {
  const range = fc
    .tuple(fc.nat(60), fc.nat(60))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
  const evidence = fc.array(range, { maxLength: 6 });

  test("is cut without loss, and each piece knows all evidence it shows", () => {
    fc.assert(
      fc.property(evidence, (ranges) => {
        const pieces = segments(
          61,
          ranges.map((range) => ({ says: "", weight: 1, range })),
        );
        expect(pieces[0]!.start).toBe(0);
        expect(pieces.at(-1)!.end).toBe(61);
        for (const [index, piece] of pieces.entries()) {
          if (index > 0) expect(piece.start).toBe(pieces[index - 1]!.end);
          const covers = ranges.flatMap(({ start, end }, at) =>
            start <= piece.start && piece.end <= end ? [at] : [],
          );
          expect(piece.evidence).toEqual(covers);
        }
      }),
    );
  });
});

describe("the tree's layout", () => {
  const cause = (id: string, lit = false): TreeNode => ({
    id,
    title: id,
    kind: "cause",
    ...(lit && { lit }),
  });
  const causes = [cause("c0", true), ...Array.from({ length: 8 }, (_, index) => cause(`c${index + 1}`))];
  const event = (id: string): TreeNode => ({ id, title: id, kind: "event", gate: "or" });
  const tree: TreeNode = {
    id: "",
    title: "top",
    kind: "top",
    lit: true,
    children: [
      {
        id: "runtime",
        title: "runtime",
        kind: "layer",
        lit: true,
        children: [{ ...event("e0"), lit: true, children: causes }, event("e1"), event("e2")],
      },
      { id: "native", title: "native", kind: "layer", children: [event("n0")] },
    ],
  };
  const closed = { toggled: new Set<string>(), all: new Set<string>() };

  test.each([WIDE_FROM, 320])("lets no two nodes overlap in %i pixels", (room) => {
    const open = { toggled: new Set(["native"]), all: new Set(["e0", "runtime"]) };
    const { placed, width, height } = layoutTree(tree, open, room);
    expect(placed).toHaveLength(1 + 2 + 3 + 9 + 1);
    for (const [index, a] of placed.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height + 1);
      for (const b of placed.slice(index + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.node.id} and ${b.node.id}`).toBe(true);
      }
    }
  });

  test("shows the path, and how much more there is", () => {
    const { placed, wide } = layoutTree(tree, closed, WIDE_FROM);
    expect(wide).toBe(true);
    const shown = placed.map(({ node, more }) => (more ? `+${more.count}` : node.id));
    expect(shown).toEqual(["", "runtime", "e0", "c0", "c1", "c2", "c3", "c4", "c5", "+3", "+2", "native"]);
    expect(placed.find(({ node }) => node.id === "native")?.expanded).toBe(false);
  });
});

describe("the page", () => {
  test("lets no script run but the one with its nonce, and escapes what it is given", () => {
    const html = panelHtml({
      nonce: "abc",
      cspSource: "https://host",
      script: 'panel.js"><script>',
      style: "panel.css",
      language: "zh-cn",
      title: "</title><script>alert(1)</script>",
    });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).not.toContain("unsafe");
    expect(html).toContain('lang="zh-CN"');
  });
});
