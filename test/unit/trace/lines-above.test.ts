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

/** As catalog/native/callback/stack-switched prints it. */
const morestack = `runtime: morestack on g0, stack [0x7ffe01744000 0x7ffe01f42110], sp=0x212b7f68, called from
runtime.(*mheap).alloc.func1()
	/usr/local/go/src/runtime/mheap.go:1011 +0x6f fp=0x212b7f70 sp=0x212b7f68 pc=0x4399ef
runtime.systemstack(0x58b220)
	/usr/local/go/src/runtime/asm_amd64.s:562 +0x4a fp=0x212b7f80 sp=0x212b7f70 pc=0x47f46a

fatal error: morestack on g0

runtime stack:
runtime.throw({0x4c951c?, 0x0?})
	/usr/local/go/src/runtime/panic.go:1229 +0x48 fp=0x3da4f5f13f88 sp=0x3da4f5f13f58 pc=0x47b1e8
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
  test("bring frames along that are no traceback of their own", () => {
    const reports = readTrace(morestack);
    expect(reports.map(({ header }) => header)).toEqual(["fatal error: morestack on g0"]);
    expect(reports[0]!.runtimeLines[0]).toMatch(/^runtime: morestack on g0, .* called from$/);
    expect(reports[0]!.runtimeStack?.map(({ function: name }) => name)).toEqual(["runtime.throw"]);
  });
});
