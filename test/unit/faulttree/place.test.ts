// The line to look at, where Go's own first frame is somebody else's.
import { describe, expect, test } from "vitest";
import { locate, tellingStack } from "../../../src/faulttree/locate.ts";
import { readTrace } from "../../../src/trace/index.ts";

const place = (text: string) => {
  const [report] = readTrace(text);
  return locate(report!, tellingStack(report!))?.frame?.function;
};

describe("the place to look at", () => {
  test("of a wait is the caller of the library that waits", () => {
    expect(
      place(`fatal error: all goroutines are asleep - deadlock!

goroutine 1 [sync.WaitGroup.Wait]:
sync.(*WaitGroup).Wait(0x36f0b2d02088)
	/usr/local/go/src/sync/waitgroup.go:206 +0x85
golang.org/x/sync/errgroup.(*Group).Wait(0x36f0b2d02080)
	/home/dev/go/pkg/mod/golang.org/x/sync@v0.25.0/errgroup/errgroup.go:56 +0x1e
main.main()
	/src/main.go:19 +0x75
exit status 2
`),
    ).toBe("main.main");
  });

  test("of a panic that singleflight took along is where it began", () => {
    const text = `panic: runtime error: index out of range [0] with length 0
	
	runtime/debug.Stack()
		/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
	golang.org/x/sync/singleflight.newPanicError({0x4bf1e0, 0x3f6beb522000})
		/home/dev/go/pkg/mod/golang.org/x/sync@v0.25.0/singleflight/singleflight.go:44 +0x25
	panic({0x4bf1e0?, 0x3f6beb522000?})
		/usr/local/go/src/runtime/panic.go:860 +0x13a
	main.loadModel(...)
		/src/main.go:12
	main.get.func1()
		/src/main.go:15 +0xa
	created by main.main in goroutine 1
		/src/main.go:20 +0x1a
	

goroutine 19 [running]:
golang.org/x/sync/singleflight.(*Group).doCall.func1()
	/home/dev/go/pkg/mod/golang.org/x/sync@v0.25.0/singleflight/singleflight.go:170 +0x29b
main.get({0x4c82cb?, 0x0?})
	/src/main.go:15 +0x2c
created by main.main in goroutine 1
	/src/main.go:20 +0x1a
`;
    expect(place(text)).toBe("main.loadModel");
    expect(readTrace(text)[0]!.recovered).toBe(false);
  });

  test("of an iterator that did not stop is the iterator, not the loop", () => {
    expect(
      place(`panic: runtime error: range function continued iteration after function for loop body returned false

goroutine 1 [running]:
main.find-range1(...)
	/src/main.go:16
main.find.(*Doc).Chunks.func1(...)
	/src/main.go:10
main.find(0x585000?)
	/src/main.go:16 +0xa7
main.main()
	/src/main.go:24 +0x7c
`),
    ).toBe("main.find.(*Doc).Chunks.func1");
  });

  test("of sync.OnceValue's own closure is its caller", () => {
    expect(
      place(`panic: load model: open /models/llama.gguf: no such file or directory

goroutine 1 [running]:
main.init.OnceValue[...].func2()
	/usr/local/go/src/sync/oncefunc.go:70 +0x6f
main.infer(...)
	/src/main.go:22
main.main()
	/src/main.go:26 +0x1c
`),
    ).toBe("main.infer");
  });

  test.each([
    ["main.must", "invalid character '<' looking for beginning of value", "main.decode"],
    ["main.must", "runtime error: index out of range [0] with length 0", "main.must"],
    ["main.mustLoad", "no such file", "main.mustLoad"],
    ["main.must", "panic called with nil argument (use GODEBUG=panicnil=1 to disable)", "main.must"],
  ])("of a panic in %s(%s) is %s", (helper, value, expected) => {
    expect(
      place(`panic: ${value}

goroutine 1 [running]:
${helper}(...)
	/src/main.go:10
main.decode({0x4c82cb, 0x5})
	/src/main.go:16 +0x8a
main.main()
	/src/main.go:20 +0x1c
`),
    ).toBe(expected);
  });
});
