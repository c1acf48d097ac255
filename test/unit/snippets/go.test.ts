/**
 * Every Go snippet, with its defaults, is a package of one module: gofmt, vet, and the tests in test/snippets/NAME
 * with the race detector, which turns checkptr on as well.
 */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { expand, readSnippets, root, type Snippet, shortName } from "./snippet.ts";

/** Where a package name in a body comes from. The editor's Go support adds these imports on saving. */
const IMPORTS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "bytes",
    "container/list",
    "context",
    "encoding/json",
    "errors",
    "fmt",
    "io",
    "log/slog",
    "net",
    "net/http",
    "os",
    "os/signal",
    "reflect",
    "runtime",
    "runtime/debug",
    "slices",
    "sync",
    "syscall",
    "time",
    "unsafe",
    "golang.org/x/sync/errgroup",
    "golang.org/x/sync/singleflight",
  ].map((path) => [path.slice(path.lastIndexOf("/") + 1), path]),
);

/** The file a user would have: a snippet that calls C brings its imports along, the editor adds the others'. */
function goFile(snippet: Snippet): string {
  const body = expand(snippet.body);
  if (body.includes('import "C"')) return `package snippet\n\n${body}\n`;
  const code = body.replace(/\/\/.*/g, "");
  const used = Object.entries(IMPORTS).filter(([name]) =>
    new RegExp(`(?<![\\w.])${name}\\.[A-Z]`).test(code),
  );
  const standard = used.filter(([, path]) => !path.includes("."));
  const others = used.filter(([, path]) => path.includes("."));
  const groups = [standard, others].filter((group) => group.length > 0);
  const lines = groups.map((group) => group.map(([, path]) => `\t"${path}"\n`).join("")).join("\n");
  return `package snippet\n\nimport (\n${lines})\n\n${body}\n`;
}

const snippets = readSnippets("go");
const cases = snippets.map((snippet) => [shortName(snippet), snippet] as const);
/** Always the same place: Go's cache knows a package by its folder. */
const folder = join(root, ".cache/snippets/go");

/** With an empty build cache and a busy machine, the standard library with -race takes minutes. */
const PATIENCE = 900_000;

function go(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync("go", args, {
    cwd: folder,
    encoding: "utf8",
    timeout: PATIENCE,
    env: { ...process.env, CGO_ENABLED: "1", GOFLAGS: "", GOWORK: "off" },
  });
  return { status, output: `${stdout ?? ""}${stderr ?? ""}${error ?? ""}` };
}

interface TestEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
}

describe("Go snippets", () => {
  let events: TestEvent[] = [];

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(root, "test/snippets"), folder, { recursive: true });
    for (const [name, snippet] of cases) writeFileSync(join(folder, name, "snippet.go"), goFile(snippet));
    const { output } = go("test", "-race", "-count=1", "-timeout=60s", "-vet=off", "-json", "./...");
    events = output
      .split("\n")
      .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as TestEvent] : []));
    if (events.length === 0) throw new Error(output);
  }, PATIENCE);

  test("are formatted", () => {
    const { stdout, stderr } = spawnSync("gofmt", ["-d", "."], { cwd: folder, encoding: "utf8" });
    expect(stdout + stderr).toBe("");
  });

  test(
    "pass vet",
    () => {
      expect(go("vet", "./...")).toEqual({ status: 0, output: "" });
    },
    PATIENCE,
  );

  test.each(cases)("%s does what it says", (name) => {
    const own = events.filter((event) => event.Package === `golm.example/snippets/${name}`);
    const said = own.map((event) => event.Output ?? "").join("");
    const results = own.filter(
      (event) => event.Test !== undefined && /^(pass|fail|skip)$/.test(event.Action),
    );
    expect(results.length, said).toBeGreaterThan(0);
    expect(
      results.filter((event) => event.Action !== "pass"),
      said,
    ).toEqual([]);
    expect(own.at(-1)?.Action, said).toBe("pass");
  });
});
