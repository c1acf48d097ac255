import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createSourceReader } from "../../../src/faulttree/source.ts";

const home = realpathSync(mkdtempSync(join(tmpdir(), "golm-source-")));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function put(path: string, text: string): string {
  const full = join(home, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

const handler = put("work/internal/server/handler.go", "package server\n\nfunc (s *Server) handle() {}\n");
const otherMain = put("work/cmd/a/main.go", "package main\n\nfunc first() {}\n\nfunc main() { first() }\n");
const llmMain = put("work/cmd/llm/main.go", "package main\n\nfunc serve() {}\n\nfunc main() { serve() }\n");
put("work/node_modules/x/only.go", "package x\n\nfunc Only() {}\n");
put("work/.git/hidden.go", "package x\n\nfunc Hidden() {}\n");
put("work/secret.txt", "secret");
put("work/big.go", `package main\n\nfunc big() {}\n${"// big\n".repeat(400_000)}`);
const secret = put("outside/secret.go", "package outside\n\nfunc Secret() {}\n");
const module = put("mod/github.com/!acme/llm@v1.2.3/kv.go", "package llm\n\nfunc Get() {}\n");
const panicFile = put("go/src/runtime/panic.go", "package runtime\n\nfunc gopanic() {}\n");
symlinkSync(secret, join(home, "work/link.go"));
symlinkSync(join(home, "outside"), join(home, "work/linked"));

const reader = createSourceReader({
  roots: [join(home, "work")],
  goroot: join(home, "go"),
  moduleCache: join(home, "mod"),
});
const find = (file: string, name: string) => reader.find(file, name)?.path;

describe("finds", () => {
  test("a path as printed", () => {
    expect(find(handler, "x/internal/server.(*Server).handle")).toBe(handler);
    expect(reader.find(handler, "x/internal/server.(*Server).handle")?.text).toContain("handle()");
  });
  test("a path of another machine or a container, by its end", () => {
    expect(find("/app/internal/server/handler.go", "x.(*Server).handle")).toBe(handler);
    expect(find("C:\\src\\svc\\internal\\server\\handler.go", "x.(*Server).handle")).toBe(handler);
  });
  test("a -trimpath name of the main module", () => {
    expect(find("github.com/acme/svc/internal/server/handler.go", "x.(*Server).handle")).toBe(handler);
  });
  test("the file that ends most like the one printed and holds the function", () => {
    expect(find("/app/llm/main.go", "main.main")).toBe(llmMain);
    expect(find("/app/main.go", "main.serve.func1")).toBe(llmMain);
    expect(find("/build/a/main.go", "main.first")).toBe(otherMain);
  });
  test("a module of the cache, from any machine's cache or a -trimpath name", () => {
    expect(find("/home/dev/go/pkg/mod/github.com/!acme/llm@v1.2.3/kv.go", "github.com/Acme/llm.Get")).toBe(
      module,
    );
    expect(find("github.com/Acme/llm@v1.2.3/kv.go", "github.com/Acme/llm.Get")).toBe(module);
  });
  test("the standard library, from any GOROOT", () => {
    expect(find("/opt/hostedtoolcache/go/1.24.1/x64/src/runtime/panic.go", "runtime.gopanic")).toBe(
      panicFile,
    );
    expect(find("runtime/panic.go", "runtime.gopanic")).toBe(panicFile);
  });
});

describe("does not read", () => {
  test.each([
    ["files outside the roots", secret],
    ["links that lead outside", join(home, "work/link.go")],
    ["folders that lead outside", join(home, "work/linked/secret.go")],
    ["paths that climb", `${join(home, "work")}/../outside/secret.go`],
    ["climbing ends", "../../outside/secret.go"],
    ["files that are no source", join(home, "work/secret.txt")],
    ["a system file", "/etc/passwd"],
    ["a device", "/dev/zero"],
    ["a suffix behind a NUL", "/etc/passwd\0.go"],
    ["large files", join(home, "work/big.go")],
    ["folders", join(home, "work")],
    ["an empty path", ""],
    ["a name with nothing before its suffix", "/.go"],
    ["an endless path", `/${"a/".repeat(5000)}x.go`],
  ])("%s", (_what, file) => {
    expect(reader.find(file, "outside.Secret")).toBeUndefined();
  });
  test("dependencies of other tools, and hidden folders, when searching", () => {
    expect(find("/x/only.go", "x.Only")).toBeUndefined();
    expect(find("/y/hidden.go", "x.Hidden")).toBeUndefined();
  });
  test("a file of that name without the function", () => {
    expect(find("/app/main.go", "main.elsewhere")).toBeUndefined();
  });
  test("one of two files that fit equally well", () => {
    expect(find("./main.go", "main.main")).toBeUndefined();
  });
});
