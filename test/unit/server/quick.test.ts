/** Checks of one changed function: they must tell what a check of the whole file would. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GoParser } from "../../../src/golint/index.ts";
import { activeConfiguration } from "../../../src/goworkspace/configuration.ts";
import { Checker } from "../../../src/server/checker.ts";
import { OpenFile } from "../../../src/server/open-file.ts";
import { Packages } from "../../../src/server/packages.ts";
import { DEFAULTS } from "../../../src/server/settings.ts";
import { parserBytes } from "../golint/wasm.ts";

const HEAD = `package p

// #include <stdlib.h>
// #include <string.h>
import "C"

import "unsafe"

`;

const fn = (at: number) => `// F${at} measures.
func F${at}(s string, out []int32) int {
	c := C.CString(s)
${at % 3 === 0 ? "" : "\tdefer C.free(unsafe.Pointer(c))\n"}	n := C.strlen(c)
	C.memset(unsafe.Pointer(&out[0]), 0, 4)
	return int(n)
}

`;

/** Insertions and removals as a hand makes them, in and between functions. */
const PIECES = [
  "x",
  " ",
  "\n",
  "\tC.free(unsafe.Pointer(c))\n",
  "if len(out) > 0 {}\n",
  "(",
  "}",
  "// note\n",
  "c = nil\n",
];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it("find the same at every step of a random edit, and are what is mostly made", {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "golm-quick-"));
  try {
    const parser = await GoParser.load(parserBytes());
    const path = join(folder, "a.go");
    const text = HEAD + Array.from({ length: 12 }, (_, at) => fn(at)).join("");
    writeFileSync(path, text);
    const open = new Map<string, OpenFile>();
    const failures: string[] = [];
    const fail = (_: string, why: string) => void failures.push(why);
    const scope = { settings: DEFAULTS, context: activeConfiguration(process.env, []), stamp: 1 };
    const fresh = (content: string) => {
      const file = new OpenFile("file:///a.go", path, parser, 1, content);
      const checker = new Checker(parser, new Packages(parser), new Map([[file.uri, file]]), fail);
      return checker.check(file, scope).findings;
    };
    const file = new OpenFile("file:///a.go", path, parser, 1, text);
    open.set(file.uri, file);
    const checker = new Checker(parser, new Packages(parser), open, fail);
    const places = (findings: ReturnType<typeof fresh>) =>
      findings.map(({ rule, range, message }) => [rule, range.from, range.to, message.en]);
    expect(checker.check(file, scope).findings.length).toBeGreaterThan(10);
    const next = random(7);
    let quick = 0;
    let version = 1;
    const change = (from: number, to: number, insert: string) => {
      version++;
      file.change([{ range: file.range(from, to), text: insert }], version);
      const checked = checker.quick(file, scope);
      if (checked.quick) quick++;
      expect(places(checked.findings)).toEqual(places(fresh(file.text)));
    };
    for (let step = 0; step < 50; step++) {
      const at = HEAD.length + Math.floor(next() * (text.length - HEAD.length));
      const piece = PIECES[Math.floor(next() * PIECES.length)]!;
      change(at, at, piece);
      if (step % 4 === 0) checker.check(file, scope);
      change(at, at + piece.length, "");
    }
    expect(file.text).toBe(text);
    expect(failures).toEqual([]);
    expect(quick).toBeGreaterThan(25);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
