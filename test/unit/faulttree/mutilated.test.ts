// Texts of which a part is missing: what is left must not be taken for another failure.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Catalog, diagnose } from "../../../src/faulttree/index.ts";
import { compileCatalog } from "../../../src/faulttree/load.ts";
import { readTrace } from "../../../src/trace/index.ts";

const { catalog } = compileCatalog(fileURLToPath(new URL("../../../catalog", import.meta.url)));
const known = new Catalog(catalog.index);
const diagnoseAll = (text: string) => readTrace(text).map((report) => diagnose(report, known));

/** A worker's nil dereference that a guard raised again; its first two lines were rotated away. */
const withoutHeader = `[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a7a63]

goroutine 1 [running]:
main.guard.func1()
	/src/repanic/main.go:15 +0x9a
panic({0x4b78c0?, 0x58e330?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.(*Worker).step(...)
	/src/repanic/main.go:9
main.main()
	/src/repanic/main.go:23 +0x2e
`;

describe("a signal's line without the header above it", () => {
  test("is a nil dereference where Go code ran", () => {
    const [found] = diagnoseAll(withoutHeader);
    expect(found!.event.id).toBe("runtime/nil-dereference");
    expect(found!.location?.function).toBe("main.(*Worker).step");
    expect(found!.crash.completeness).toBe("cut-head");
  });

  test("is a division where the signal says so", () => {
    const division = withoutHeader.replace(
      "SIGSEGV: segmentation violation code=0x1 addr=0x0",
      "SIGFPE: floating-point exception code=0x1 addr=0x4a7a63",
    );
    expect(diagnoseAll(division).map(({ event }) => event.id)).toEqual(["runtime/arithmetic"]);
  });

  test("stays a signal where the goroutine had called C", () => {
    const inC = withoutHeader.replace(
      "main.guard.func1()\n\t/src/repanic/main.go:15 +0x9a\npanic({0x4b78c0?, 0x58e330?})\n\t/usr/local/go/src/runtime/panic.go:860 +0x13a\n",
      "runtime.cgocall(0x4a1b10, 0xc000050f38)\n\t/usr/local/go/src/runtime/cgocall.go:157 +0x5c\n",
    );
    expect(diagnoseAll(inC).map(({ event }) => event.id)).toEqual(["native/segv-in-c"]);
  });
});

/** The goroutine that net/http printed below `http: panic serving`, which is lost, and a part of its header. */
const served = `net/http.(*conn).serve.func1()
	/usr/local/go/src/net/http/server.go:1897 +0xbd
panic({0x6f8a60?, 0x9ff3f0?})
	/usr/local/go/src/runtime/panic.go:860 +0x13a
main.(*Sessions).Put(0x458dff?, {0x1c1b17e44129?, 0x458e40?}, 0x1)
	/src/main.go:18 +0xa5
created by net/http.(*Server).Serve in goroutine 6
	/usr/local/go/src/net/http/server.go:3493 +0x4a9
`;

describe("a panic whose message is missing", () => {
  const [found] = diagnoseAll(served);

  test("is not called one the catalogue does not know", () => {
    expect(found!.event).toEqual({ id: "unknown/panic", title: "A panic whose message is missing" });
    expect(found!.location?.function).toBe("main.(*Sessions).Put");
  });

  test("sends the reader for the message, and for no text to search", () => {
    expect(found!.nextSteps[1]).toContain("What the panic said stood above the stack");
    expect(found!.nextSteps.join("\n")).not.toContain("Somebody wrote this text");
  });

  test("is known as recovered by the server's own frame", () => {
    expect(found!.crash.recovered).toBe(true);
  });
});
