import { describe, expect, it } from "vitest";
import { type Lines, lineAfter, lineNow } from "../../../src/editor/line-now.ts";

const of = (text: string): Lines => {
  const lines = text.split("\n");
  return { count: lines.length, at: (index) => lines[index]! };
};

const CODE = "func sum() {\n\tfor {\n\t\ttotal += scores[i]\n\t}\n}\n";
const TEXT = "total += scores[i]";

describe("the line of a crash", () => {
  it("is where it was", () => {
    expect(lineNow(of(CODE), 2, TEXT)).toBe(2);
  });

  it("is found above and below, the nearest first", () => {
    expect(lineNow(of(`// one\n// two\n${CODE}`), 2, TEXT)).toBe(4);
    expect(lineNow(of(CODE), 9, TEXT)).toBe(2);
    expect(lineNow(of(`${TEXT}\n\n\n\n${TEXT}\n`), 3, TEXT)).toBe(4);
    expect(lineNow(of(`${TEXT}\n\n\n\n${TEXT}\n`), 1, TEXT)).toBe(0);
  });

  it("is the same however it is indented and spaced", () => {
    expect(lineNow(of("\t\t\ttotal  +=  scores[ i ]\r\n"), 0, TEXT)).toBe(0);
  });

  it("is nowhere once it says something else", () => {
    expect(lineNow(of(CODE.replace("scores[i]", "scores[i-1]")), 2, TEXT)).toBeUndefined();
    expect(lineNow(of(""), 2, TEXT)).toBeUndefined();
  });

  it("is not looked for by a brace", () => {
    expect(lineNow(of(CODE), 3, "}")).toBe(3);
    expect(lineNow(of(CODE), 2, "}")).toBeUndefined();
  });

  it("is believed where its text was never known, as long as there is such a line", () => {
    expect(lineNow(of(CODE), 1, undefined)).toBe(1);
    expect(lineNow(of(CODE), 60, undefined)).toBeUndefined();
  });
});

describe("a line after an edit", () => {
  const at = (from: number, to: number, column: number, text: string) => ({ from, to, column, text });

  it("goes with what is put in or taken away above", () => {
    expect(lineAfter(7, at(2, 2, 5, "\n\n"))).toBe(9);
    expect(lineAfter(7, at(2, 4, 0, ""))).toBe(5);
    expect(lineAfter(7, at(7, 7, 0, "// why\n"))).toBe(8);
  });

  it("stays for what happens in it and below", () => {
    expect(lineAfter(7, at(7, 7, 3, "x"))).toBe(7);
    expect(lineAfter(7, at(8, 9, 0, ""))).toBe(7);
    expect(lineAfter(7, at(6, 7, 4, ""))).toBe(7);
  });
});
