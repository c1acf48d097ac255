// A prefix no peeler knows is learned at the first goroutine header; what stood above it is read once more.
import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const prefixed = (text: string) => text.replace(/^/gm, "llm-gw-7d9f8-abcde gateway ");

const served = `2026/11/26 02:58:32 http: panic serving 127.0.0.1:34012: assignment to entry in nil map
goroutine 9 [running]:
net/http.(*conn).serve.func1()
	/usr/local/go/src/net/http/server.go:1943 +0xd3
panic({0x6e5ee0?, 0x7b9c40?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.(*Sessions).Put(0x1, {0x2, 0x1}, 0x1)
	/src/main.go:18 +0xa5
created by net/http.(*Server).Serve in goroutine 6
	/usr/local/go/src/net/http/server.go:3493 +0x4a9`;

const joined = `panic: model: must not be empty
	addr: must not be empty

goroutine 1 [running]:
main.mustValidate(...)
	/src/main.go:24
main.main()
	/src/main.go:29 +0x8a`;

describe("a prefix learned at the goroutine header", () => {
  test("leaves no second report of a header that a server printed", () => {
    const reports = readTrace(prefixed(served));
    expect(reports).toHaveLength(1);
    expect(reports[0]!.panics[0]!.value).toBe("assignment to entry in nil map");
    expect(reports[0]!.goroutineCount).toBe(1);
  });

  test("reaches back over a value of several lines", () => {
    const reports = readTrace(prefixed(joined));
    expect(reports.map(({ panics }) => panics[0]?.value)).toEqual([
      "model: must not be empty\naddr: must not be empty",
    ]);
  });

  test("keeps the header of a program that has no prefix", () => {
    const text = `panic: boom\n${prefixed(joined.slice(joined.indexOf("goroutine")))}`;
    expect(readTrace(text).map(({ header }) => header)).toContain("panic: boom");
  });
});
