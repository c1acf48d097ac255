import { describe, expect, it } from "vitest";
import { BoundedOutput } from "../../../src/verify/output.ts";

function collect(limit: number, chunks: Iterable<string>): BoundedOutput {
  const output = new BoundedOutput(limit);
  for (const chunk of chunks) output.push(Buffer.from(chunk));
  return output;
}

describe("BoundedOutput", () => {
  it("keeps everything within the bound", () => {
    const output = collect(10, ["abc", "", "defg", "hij"]);
    expect(output.bytes().toString()).toBe("abcdefghij");
    expect(output.truncated).toBe(false);
  });

  it("keeps the head and the tail and says what is missing", () => {
    const output = collect(10, ["abcdefgh", "ijklmnop", "qrstuvwxyz"]);
    expect(output.bytes().toString()).toBe("abcde\n[16 bytes of output left out]\nvwxyz");
    expect(output.truncated).toBe(true);
  });

  it("is the same however the bytes are cut", () => {
    const text = Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join("");
    const whole = collect(1000, [text]).bytes().toString();
    expect(collect(1000, text).bytes().toString()).toBe(whole);
    expect(
      collect(1000, text.match(/[\s\S]{1,7}/g) ?? [])
        .bytes()
        .toString(),
    ).toBe(whole);
  });
});
