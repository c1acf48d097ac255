/** The language server as an editor meets it: the built program, spoken to over its standard input and output. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { DocumentDiagnosticReport } from "vscode-languageserver-protocol/node";
import { Client, type ClientOptions, lineAndRule, uriOf, workFolder } from "./client.ts";

const LEAKS = `package main

// #include <stdlib.h>
// #include <string.h>
import "C"

import "fmt"

func size(s string) int {
	c := C.CString(s)
	return int(C.strlen(c))
}

func main() {
	fmt.Println(size("tiny"), size("model"))
}
`;

const folder = workFolder({ "go.mod": "module example.com/lsp\n\ngo 1.24\n" });
let count = 0;
/** Each test has a package of its own. */
const freshFile = (text = LEAKS, name = "main.go"): string => folder.write(`p${++count}/${name}`, text);

const clients: Client[] = [];
async function start(options: ClientOptions = {}): Promise<Client> {
  const client = await Client.start({ folders: [folder.path], ...options });
  clients.push(client);
  return client;
}

/** To start one takes longer than most tests. */
let common: Client | undefined;
async function shared(): Promise<Client> {
  common ??= await Client.start({ folders: [folder.path] });
  return common;
}

afterEach(async () => {
  for (const client of clients.splice(0)) if (client.process.exitCode === null) await client.kill();
});
afterAll(async () => {
  await common?.kill();
  folder.remove();
});

async function opened(options?: ClientOptions, text = LEAKS): Promise<{ client: Client; path: string }> {
  const client = options ? await start(options) : await shared();
  const path = freshFile(text);
  await client.open(path, text);
  return { client, path };
}

describe("diagnostics", () => {
  it("follow the text as it is typed, through code that is no Go yet", async () => {
    const { client, path } = await opened();
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    const [found] = client.published.get(uriOf(path))!;
    expect(found).toMatchObject({
      severity: 2,
      source: "GoLM lint",
      range: { start: { line: 9, character: 6 } },
    });
    expect(found!.codeDescription).toBeUndefined();
    // Half a call further down, and a line above: the finding stays, and moves.
    await client.change(path, '(size("tiny"), size("model"))', "(si");
    await client.change(path, "\tc := C", "\n\tc := C");
    await client.untilFound(path, ["11 cgo-memory-leak"]);
    // Half a statement in its own function: nothing is guessed.
    await client.change(path, "\n\tc := C", "\tif x := foo(\n\tc := C");
    await client.untilFound(path, []);
    await client.change(path, "\tif x := foo(\n", "");
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    await client.change(path, "\treturn int", "\tdefer C.free(unsafe.Pointer(c))\n\treturn int");
    await client.untilFound(path, []);
    await client.change(path, "\tdefer C.free(unsafe.Pointer(c))\n", "");
    await client.untilFound(path, ["10 cgo-memory-leak"]);
  });

  it("take many keys that arrive together as one", async () => {
    const { client, path } = await opened();
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    const before = client.publications;
    const sent = Array.from("var typed = 12345678901234567890\n").map((key) =>
      client.change(path, "func main", `${key}func main`),
    );
    await Promise.all(sent);
    // Each key was put before `func main`, and so behind the one before it.
    expect(client.text(path)).toContain("var typed = 12345678901234567890\nfunc main");
    await client.change(path, "\tc := C", "\n\tc := C");
    await client.untilFound(path, ["11 cgo-memory-leak"]);
    expect(client.publications - before).toBeLessThan(sent.length);
  });

  it("see the other files of the package, on disk and as they are typed", async () => {
    const client = await start();
    const using = `package p\n\n// void take(int *p);\nimport "C"\n\nfunc f(r *record) {\n\tC.take((*C.int)(&r.items[0]))\n}\n`;
    const path = freshFile(using, "a.go");
    const record = (type: string) => `package p\n\ntype record struct{ items ${type} }\n`;
    const other = folder.write(`p${count}/b.go`, record("[4]int32"));
    await client.open(path, using);
    await client.untilFound(path, []);
    writeFileSync(other, record("[]int32"));
    await client.diskChanged(other);
    await client.untilFound(path, ["7 cgo-empty-slice-pointer"]);
    await client.open(other, record("[]int32"));
    await client.change(other, "[]int32", "[8]int32");
    await client.untilFound(path, []);
    // Closed without a save: what is on disk counts again.
    await client.notify("didClose", other);
    await client.untilFound(path, ["7 cgo-empty-slice-pointer"]);
  });

  it("know what C headers declare, and look again when one changes", async () => {
    const client = await shared();
    const text = [
      "package main",
      "",
      '// #include "params.h"',
      'import "C"',
      "",
      'import "unsafe"',
      "",
      "type Params struct{ Threads int32 }",
      "",
      "func pass(p *Params) { C.run((*C.struct_params)(unsafe.Pointer(p))) }",
      "",
    ].join("\n");
    const path = freshFile(text);
    const header = join(path, "../params.h");
    writeFileSync(header, "struct params { int threads; };\nvoid run(struct params *p);\n");
    await client.open(path, text);
    await client.untilFound(path, []);
    writeFileSync(header, "struct params { long long threads; };\nvoid run(struct params *p);\n");
    await client.diskChanged(header);
    await client.untilFound(path, ["10 cgo-mirrored-struct"]);
  });

  it("leave out generated and vendored files, and those of another configuration", async () => {
    const client = await start({ settings: () => ({ buildTags: ["gpu"] }) });
    const leaks = (path: string, head = "") => {
      const text = head + LEAKS;
      return client.open(folder.write(path, text), text);
    };
    await leaks("out/zz_generated.go", "// Code generated by x. DO NOT EDIT.\n\n");
    await leaks("out/vendor/a.com/x/x.go");
    await leaks("out/x_windows.go");
    await leaks("out/tagged.go", "//go:build !gpu\n\n");
    await leaks("out/gpu/gpu.go", "//go:build gpu\n\n");
    await client.untilFound(join(folder.path, "out/gpu/gpu.go"), ["12 cgo-memory-leak"]);
    for (const name of ["zz_generated.go", "vendor/a.com/x/x.go", "x_windows.go", "tagged.go"])
      await client.untilFound(join(folder.path, "out", name), []);
  });

  it("are pulled where the client can, and told apart by their id", async () => {
    const { client, path } = await opened({ pulls: true });
    expect(client.abilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    const first = (await client.pull(path)) as Extract<DocumentDiagnosticReport, { kind: "full" }>;
    expect(first.items.map(lineAndRule)).toEqual(["10 cgo-memory-leak"]);
    expect(await client.pull(path, first.resultId!)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(path, "\tc := C", "\n\tc := C");
    const second = (await client.pull(path, first.resultId!)) as typeof first;
    expect(second.items.map(lineAndRule)).toEqual(["11 cgo-memory-leak"]);
    expect(client.publications).toBe(0);
  });

  it("wait for a save where the setting says so", async () => {
    const { client, path } = await opened({ settings: () => ({ onType: false }) });
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    const before = client.publications;
    await client.change(path, "\tc := C", "\n\tc := C");
    await new Promise((done) => setTimeout(done, 200));
    expect(client.publications).toBe(before);
    await client.notify("didSave", path);
    await client.untilFound(path, ["11 cgo-memory-leak"]);
  });
});

describe("settings", () => {
  it("turn rules off and change how they are shown, while we run", async () => {
    let settings: unknown = { rules: { "cgo-memory-leak": "hint", nonsense: "loud" } };
    const { client, path } = await opened({ settings: () => settings });
    await client.until(() => client.published.get(uriOf(path))?.[0]?.severity === 4, "a hint");
    const change = (next: unknown) => {
      settings = next;
      return client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    };
    await change({ rules: { "cgo-memory-leak": "off" } });
    await client.untilFound(path, []);
    await change({ enable: true, rules: "all", buildTags: 7 });
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    await change({ enable: false });
    await client.untilFound(path, []);
  });

  it("may come with the start or be sent", async () => {
    const { client, path } = await opened({
      initializationOptions: { golm: { lint: { rules: { "cgo-memory-leak": "error" } } } },
      locale: "zh-CN",
    });
    await client.until(() => client.published.get(uriOf(path))?.[0]?.severity === 1, "an error");
    expect(client.published.get(uriOf(path))![0]!.message).toContain("没有释放");
    const settings = { golm: { lint: { enable: false } } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await client.untilFound(path, []);
  });
});

describe("code actions", () => {
  it("mend, and what comes out is vetted and run", async () => {
    const { client, path } = await opened();
    const actions = await client.actions(path, "C.CString");
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix).toMatchObject({ title: "Free it with defer", kind: "quickfix" });
    writeFileSync(path, client.applied(path, fix!));
    const go = (...args: string[]) => spawnSync("go", args, { cwd: join(path, ".."), encoding: "utf8" });
    expect(go("vet", ".").stderr).toBe("");
    expect(go("run", ".").stdout).toBe("4 5\n");
  });

  it("mend all in a file, all of one rule, and only when asked for that", async () => {
    const twice = LEAKS.replace(
      "func main",
      "func twice(s string) int {\n\td := C.CString(s)\n\treturn 2 * int(C.strlen(d))\n}\n\nfunc main",
    );
    const { client, path } = await opened(undefined, twice);
    const kinds = (await client.actions(path, "C.CString")).map(({ kind }) => kind);
    expect(kinds).not.toContain("source.fixAll.golm");
    const [all] = await client.actions(path, "package", ["source.fixAll"]);
    expect(all).toMatchObject({ kind: "source.fixAll.golm" });
    const mended = client.applied(path, all!);
    expect(mended.match(/defer C\.free/g)).toHaveLength(2);
    expect(mended.match(/import "unsafe"/g)).toHaveLength(1);
    const ofRule = (await client.actions(path, "C.CString")).find(({ title }) =>
      title.includes("all 2 findings"),
    );
    expect(client.applied(path, ofRule!)).toBe(mended);
  });

  it("ignore a finding, with a reason to fill in", async () => {
    const { client, path } = await opened();
    const ignore = (await client.actions(path, "C.CString")).find(({ title }) => title.startsWith("Ignore"));
    const text = client.applied(path, ignore!);
    expect(text).toContain("\t//golm:ignore cgo-memory-leak TODO: why this is right here\n\tc := C.CString");
    await client.change(path, client.text(path), text);
    await client.untilFound(path, []);
  });

  it("have nothing to open or ignore for a directive that is wrong", async () => {
    const wrong = LEAKS.replace("\tc := C", "\t//golm:ignore cgo-memory-leak\n\tc := C");
    const { client, path } = await opened({ initializationOptions: { commands: true } }, wrong);
    await client.untilFound(path, ["10 ignore-without-reason", "11 cgo-memory-leak"]);
    expect(await client.actions(path, "//golm")).toEqual([]);
    const [directive, leak] = client.published.get(uriOf(path))!;
    expect(directive!.codeDescription).toBeUndefined();
    expect(leak!.codeDescription).toEqual({ href: "golm-page:/lint/cgo-memory-leak.md" });
  });

  it("wrap a C resource", async () => {
    const { client, path } = await opened();
    const [wrap] = await client.actions(path, "C.CString", ["refactor"]);
    expect(wrap).toMatchObject({ kind: "refactor.rewrite" });
    expect(client.applied(path, wrap!)).toContain("defer c.Close()");
    expect(await client.actions(path, "fmt.Println", ["refactor"])).toEqual([]);
  });

  it("run commands of our extension only where it is there", async () => {
    const title = "Open in Fault Tree";
    const { client, path } = await opened();
    expect((await client.actions(path, "C.CString")).map((a) => a.title)).not.toContain(title);
    const ours = await opened({ initializationOptions: { commands: true } });
    const open = (await ours.client.actions(ours.path, "C.CString")).find((a) => a.title === title);
    expect(open?.command).toMatchObject({
      command: "golm.openFinding",
      arguments: ["resource/out-of-memory/cstring-never-freed"],
    });
    expect(ours.client.abilities.executeCommandProvider).toBeUndefined();
    const page = await ours.client.connection.sendRequest("golm/rulePage", { id: "cgo-memory-leak" });
    expect(page).toContain("# C memory is never freed");
    expect(await ours.client.connection.sendRequest("golm/rulePage", { id: 7 })).toBeNull();
  });
});

it("says at a finding why, and which crash it leads to", async () => {
  const { client, path } = await opened();
  const hover = (at: unknown) =>
    client.connection.sendRequest<{ contents: { value: string } } | null>("textDocument/hover", {
      textDocument: { uri: uriOf(path) },
      position: at,
    });
  const { value } = (await hover(client.at(path, "C.CString", 3)))!.contents;
  expect(value).toContain("**C memory is never freed**");
  expect(value).toContain("Leads to: C.CString never freed, before the end");
  expect(value).not.toContain("command:");
  expect(await hover(client.at(path, "fmt.Println"))).toBeNull();
});

describe("the whole workspace", () => {
  const lint = (client: Client, token?: string) =>
    client.connection.sendRequest<{ findings: number; cancelled: boolean } | null>(
      "workspace/executeCommand",
      {
        command: "golm.lintWorkspace",
        ...(token && { workDoneToken: token }),
      },
    );

  it("is linted with progress; open files keep their own findings", async () => {
    const own = workFolder({
      "go.mod": "module example.com/ws\n\ngo 1.24\n",
      "a/a.go": LEAKS,
      "b/b.go": LEAKS,
      "vendor/c/c.go": LEAKS,
      "go.work": "go 1.24\n\nuse (\n\t.\n\t./inner\n)\n",
      "inner/go.mod": "module example.com/inner\n\ngo 1.24\n",
      "inner/i.go": LEAKS,
    });
    try {
      const client = await start({ folders: [own.path] });
      const path = (name: string) => join(own.path, name);
      await client.open(path("b/b.go"), "package main\n");
      await client.untilFound(path("b/b.go"), []);
      expect(await lint(client)).toMatchObject({ findings: 3, cancelled: false });
      await client.untilFound(path("a/a.go"), ["10 cgo-memory-leak"]);
      await client.untilFound(path("inner/i.go"), ["10 cgo-memory-leak"]);
      expect(client.found(path("b/b.go"))).toEqual([]);
      expect(client.published.has(uriOf(path("vendor/c/c.go")))).toBe(false);
      const kinds = client.progress.map(({ value }) => value.kind);
      expect([kinds[0], kinds.at(-1)]).toEqual(["begin", "end"]);
      expect(kinds).toContain("report");
      // Mended on disk by another program, and another file deleted.
      own.write("a/a.go", "package main\n");
      rmSync(path("inner/i.go"));
      await client.diskChanged(path("a/a.go"), path("inner/i.go"));
      await client.untilFound(path("a/a.go"), []);
      await client.untilFound(path("inner/i.go"), []);
    } finally {
      own.remove();
    }
  });

  it("can be cancelled", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`p${at}/a.go`, LEAKS.repeat(1) + "// x\n".repeat(2000)]),
    );
    const own = workFolder(files);
    try {
      const client = await start({ folders: [own.path] });
      const running = lint(client);
      await client.until(() => client.progress.some(({ value }) => value.kind === "report"), "progress");
      const { token } = client.progress[0]!;
      await client.connection.sendNotification("window/workDoneProgress/cancel", { token });
      expect(await running).toMatchObject({ cancelled: true });
      expect(client.progress.at(-1)!.value.kind).toBe("end");
    } finally {
      own.remove();
    }
  });

  it("answers a client that pulls it, and says what did not change", async () => {
    const own = workFolder({ "a/a.go": LEAKS });
    try {
      const client = await start({ folders: [own.path], pulls: true });
      const pull = (previousResultIds: unknown[]) =>
        client.connection.sendRequest<{ items: { kind: string; uri: string; resultId: string }[] }>(
          "workspace/diagnostic",
          { previousResultIds },
        );
      const { items } = await pull([]);
      expect(items).toMatchObject([{ kind: "full", uri: uriOf(join(own.path, "a/a.go")) }]);
      const again = await pull([{ uri: items[0]!.uri, value: items[0]!.resultId }]);
      expect(again.items).toMatchObject([{ kind: "unchanged" }]);
    } finally {
      own.remove();
    }
  });
});

describe("robustness", () => {
  it("answers after nonsense", async () => {
    const { client, path } = await opened({});
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    const send = (method: string, params: unknown) =>
      client.connection.sendRequest(method, params as object).catch((failure: Error) => failure.message);
    await send("textDocument/hover", {});
    await send("textDocument/codeAction", { textDocument: { uri: uriOf(path) } });
    await send("textDocument/codeAction", null);
    await send("textDocument/nothing", {});
    await send("workspace/executeCommand", { command: "rm" });
    await client.connection.sendNotification("textDocument/didChange", { textDocument: {} });
    await client.connection.sendNotification("textDocument/didOpen", {});
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: "file:///%zz" },
    });
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {});
    client.process.stdin!.write("Content-Length: 13\r\n\r\n{ no JSON !!}");
    client.process.stdin!.write("Content-Length: 2\r\n\r\n[]");
    const far = { line: 1e9, character: 1e9 };
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf(path), version: 2 },
      contentChanges: [{ range: { start: far, end: { line: -1, character: -1 } }, text: "\n" }],
    });
    await client.change(path, "\tc := C", "\n\tc := C").catch(() => {});
    const other = freshFile();
    await client.open(other, LEAKS);
    await client.untilFound(other, ["10 cgo-memory-leak"]);
  });

  it("takes invalid UTF-8 beside the file, files that vanish, and URIs that are no files", async () => {
    const client = await start();
    const path = freshFile();
    folder.write(`p${count}/broken.go`, Uint8Array.of(0x70, 0xff, 0xfe, 0x00, 0xc3, 0x28));
    await client.open(path, LEAKS);
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    rmSync(join(path, ".."), { recursive: true });
    await client.diskChanged(path);
    await client.change(path, "\tc := C", "\n\tc := C");
    await client.untilFound(path, ["11 cgo-memory-leak"]);
    const uri = "untitled:Untitled-1";
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "go", version: 1, text: `${LEAKS}// \ud800\n` },
    });
    await client.until(() => client.published.get(uri)?.length === 1, "findings in an untitled file");
  });

  it("answers for a file of 10 MB, and does not read it again with each key", {
    timeout: 120_000,
  }, async () => {
    const client = await start();
    const text = `${LEAKS}\nvar x = []int{\n${"\t1, 2, 3, 4, 5, 6, 7, 8, 9, 10, // x\n".repeat(10)}}\n/* ${"long ".repeat(2_100_000)} */\n`;
    expect(text.length).toBeGreaterThan(10_000_000);
    const large = freshFile("package p\n");
    await client.open(large, text);
    await client.until(() => client.published.has(uriOf(large)), "an answer", 60_000);
    expect(client.found(large)).toEqual(["10 cgo-memory-leak"]);
    const before = client.publications;
    await client.change(large, "\tc := C", "\n\tc := C");
    const path = freshFile();
    await client.open(path, LEAKS);
    await client.untilFound(path, ["10 cgo-memory-leak"]);
    expect(client.publications).toBe(before + 1);
    await client.notify("didSave", large);
    await client.until(
      () => client.found(large)[0] === "11 cgo-memory-leak",
      "an answer after the save",
      60_000,
    );
  });

  it("ends when it is told to, and when its client does", async () => {
    const told = await start();
    expect(await told.stop()).toBe(0);
    expect(told.stderr).toBe("");
    const client = await start();
    const ended = new Promise<void>((done) => client.process.once("exit", () => done()));
    client.process.stdin!.end();
    await ended;
  });
});
