import { copyFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openBinary, openCore } from "../../../src/delve/core-file.ts";
import { type Match, matchCore, mismatch, sayReason } from "../../../src/delve/match.ts";
import { build, crash, run, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

function match(program: string, core: string): Match {
  const [binary, opened] = [openBinary(program), openCore(core)];
  try {
    return matchCore(opened, binary);
  } finally {
    binary.source.close();
    opened.source.close();
  }
}

const codes = ({ reasons }: Match) => reasons.map(({ code }) => code);

describe("a core and its binary", () => {
  for (const [name, options] of Object.entries({
    plain: {},
    stripped: { flags: ["-ldflags=-s -w"] },
    pie: { flags: ["-buildmode=pie"] },
    cgo: { flags: ["-ldflags=-linkmode=external"], env: { CGO_ENABLED: "1" } },
    "without an id": { flags: ["-ldflags=-buildid= -B none"] },
  })) {
    it(`belong together (${name})`, () => {
      const { core, program } = crash("service", options);
      const found = match(program, core);
      expect(found.verdict, JSON.stringify(codes(found))).toBe("same");
    });
  }

  it("belong together where it was copied or stripped afterwards", () => {
    const { core, program } = crash("service");
    const copy = join(temporary(), "moved");
    copyFileSync(program, copy);
    run("strip", [copy], temporary());
    const found = match(copy, core);
    expect(found.verdict).toBe("same");
    expect(codes(found)).toContain("pathOther");
  });
});

describe("a wrong binary", () => {
  it("is told by its build ID, with the way out", () => {
    const { core } = crash("service");
    const other = build("service", { flags: ["-gcflags=-N -l"] }).program;
    const found = match(other, core);
    expect(found.verdict).toBe("different");
    expect(codes(found)).toContain("gnuIdOther");
    const problem = mismatch(core, other, found);
    expect(problem.say("en")).toMatch(/was not written by .*build ID [0-9a-f]{40}/);
    expect(problem.say("zh-cn")).toMatch(/不是 .* 写下的.*build ID/);
  });

  it("is told by its layout where neither has an ID", () => {
    const flags = ["-ldflags=-buildid= -B none"];
    const { core } = crash("service", { flags });
    const other = build("runtime/index-out-of-range/off-by-one", { flags }).program;
    expect(match(other, core).verdict).toBe("different");
  });

  it("of another architecture is told before anything else", () => {
    const { core, program } = crash("service");
    const bytes = Buffer.from(readFileSync(program));
    bytes.writeUInt16LE(183, 18); // EM_AARCH64
    const other = join(temporary(), "arm64");
    writeFileSync(other, bytes);
    const found = match(other, core);
    expect(found.reasons[0]).toMatchObject({ code: "architecture", args: ["amd64", "arm64"] });
    expect(sayReason(found.reasons[0]!, "zh-cn")).toBe("core 属于 amd64，二进制属于 arm64。");
  });

  it("is told where it was built again since the crash", () => {
    const { core, program, source } = crash("service", { flags: ["-tags=replaced"] });
    const main = join(source, "main.go");
    writeFileSync(main, readFileSync(main, "utf8").replace("scale := 2", "scale := 3"));
    run("go", ["build", "-buildvcs=false", "-tags=replaced", "-o", program, "."], source);
    const later = new Date(Date.now() + 60_000);
    utimesSync(program, later, later);
    const found = match(program, core);
    expect(found.verdict).toBe("different");
    expect(codes(found)).toContain("newer");
  });
});
