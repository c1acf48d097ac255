import { describe, expect, test } from "vitest";
import { readTrace } from "../../../src/trace/index.ts";

/** As catalog/native/bad-pointer/mark-bits-overwritten prints it, and below as runtime-fault/return-address-overwritten. */
const span = `request 7 done
runtime: marked free object in span 0x7fdcc20be7c0, elemsize=128 freeindex=50 (bad use of unsafe.Pointer or having race conditions? try -d=checkptr or -race)
0xbe79a7bc000 alloc unmarked
0xbe79a7bd900 free  unmarked
fatal error: found pointer to free object

runtime stack:
runtime.throw({0x4cc655?, 0x7ffd40272770?})
	/usr/local/go/src/runtime/panic.go:1229 +0x48
`;
const stack = `runtime: g 1: unexpected return pc for runtime.sigpanic called from 0x2b
stack: frame={sp:0x1697698cce48, fp:0x1697698ccea8} stack=[0x1697698cc000,0x1697698cd000)
                   7 6 5 4  3 2 1 0   f e d c  b a 9 8  0123456789abcdef
00001697698ccd48: 00000000 004ae460  00000000 0057e300  \`.J.......W.....
                                     ^ <runtime.sigpanic+0x378>
fatal error: unknown caller pc

runtime stack:
runtime.throw({0x4c6ba1?, 0x54dd68?})
	/usr/local/go/src/runtime/panic.go:1229 +0x48
`;

describe("the runtime's remarks", () => {
  test("are found above the list of a span's objects", () => {
    const [report] = readTrace(span);
    expect(report?.runtimeLines).toEqual([expect.stringContaining("elemsize=128 freeindex=50")]);
    expect(report?.at.start).toBe(span.indexOf("runtime: marked"));
  });
  test("are found above the words of a stack", () => {
    const [report] = readTrace(stack);
    expect(report?.runtimeLines[0]).toContain("unexpected return pc for runtime.sigpanic");
    expect(report?.at.start).toBe(0);
  });
});
