import { expect, it } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

const list = `--- FAIL: TestFirstToken (0.45s)
    stream_test.go:26: found unexpected goroutines:
        [Goroutine 7 in state chan send, with example.com/stream.generate.func1 on top of the stack:
        example.com/stream.generate.func1()
        	/src/stream/stream.go:15 +0x65
        created by example.com/stream.generate in goroutine 6
        	/src/stream/stream.go:12 +0x6f
         Goroutine 8 in state select, 2 minutes, with example.com/stream.watch on top of the stack:
        example.com/stream.watch()
        	/src/stream/watch.go:9 +0x65
        created by example.com/stream.generate in goroutine 6
        	/src/stream/stream.go:13 +0x6f
        ]
FAIL
FAIL	example.com/stream	0.458s
`;

it("reads what goleak lists as a dump of the goroutines left over", () => {
  const reports = readTrace(new TextEncoder().encode(list));
  expect(reports).toHaveLength(1);
  const [{ kind, header, goroutines, test }] = reports as [(typeof reports)[0]];
  expect(kind).toBe("goroutine-dump");
  expect(header).toBe("stream_test.go:26: found unexpected goroutines:");
  expect(test?.name).toBe("TestFirstToken");
  expect(
    goroutines.map(({ id, state, waitMinutes, frames }) => [id, state, waitMinutes, frames.length]),
  ).toEqual([
    [7, "chan send", undefined, 1],
    [8, "select", 2, 1],
  ]);
});
