/**
 * `node scripts/ts.mjs bench/lint/peers.ts [--write]`: our linter beside go vet, staticcheck and gosec on programs whose
 * faults are labelled line by line. The peers are installed from the Go module proxy into a temporary folder.
 * `--write` puts the table into bench/lint/README.md.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { GoParser, lintPackage, PackageModel } from "../../src/golint/index.ts";
import { parserBytes } from "../../test/unit/golint/wasm.ts";

const STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@v0.8.2";
const GOSEC = "github.com/securego/gosec/v2/cmd/gosec@v2.30.0";
const TOOLS = "golang.org/x/tools@v0.52.0";
const README = "bench/lint/README.md";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-lint-peers-")));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const sources = join(folder, "src");
const env = {
  ...process.env,
  GOBIN: join(folder, "bin"),
  GOWORK: "off",
  GOFLAGS: "-mod=mod",
  CGO_ENABLED: "1",
};

function run(command: string, args: readonly string[], cwd = sources): string {
  const done = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 600_000, maxBuffer: 1 << 28 });
  if (done.error) throw new Error(`${command} ${args.join(" ")}: ${done.error.message}`);
  return `${done.stdout}\n${done.stderr}`;
}

/** Lines of a suite, as `folder/file.go:12`. */
type Lines = ReadonlySet<string>;

function goFiles(suite: string): string[] {
  return readdirSync(join(sources, suite), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".go"))
    .map((name) => join(suite, name));
}

function labelled(suite: string): Lines {
  const lines = goFiles(suite).flatMap((file) =>
    readFileSync(join(sources, file), "utf8")
      .split("\n")
      .flatMap((line, at) => (/\/\/ want [\w"`]/.test(line) ? [`${file}:${at + 1}`] : [])),
  );
  return new Set(lines);
}

/** `file.go:12:3: words` of vet and staticcheck. */
function reported(text: string): Lines {
  const places = text.matchAll(/^(?:vet: )?(\S+\.go):(\d+):\d+: /gm);
  return new Set([...places].map(([, file, line]) => `${relative(sources, join(sources, file!))}:${line}`));
}

function gosec(suite: string): Lines {
  const args = ["-quiet", "-fmt", "json", "-include", "G103,G115", `./${suite}/...`];
  const text = run(join(folder, "bin/gosec"), args);
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  if (json === "") return new Set();
  const { Issues } = JSON.parse(json) as { Issues: { file: string; line: string }[] };
  // In files that import C it reports lines of the code cgo made of them, in Go's build cache.
  const own = Issues.filter(({ file }) => file.startsWith(sources));
  return new Set(own.map(({ file, line }) => `${relative(sources, file)}:${line.split("-")[0]}`));
}

function ours(suite: string, parser: GoParser): Lines {
  const found = new Set<string>();
  for (const home of new Set(goFiles(suite).map((file) => dirname(file)))) {
    const files = goFiles(suite).filter((file) => dirname(file) === home);
    const texts = files.map((name) => ({ name, text: readFileSync(join(sources, name), "utf8") }));
    const pkg = new PackageModel(parser, texts, { minor: 24 });
    for (const { file, range } of lintPackage(pkg).findings) found.add(`${file}:${range.from.line}`);
    pkg.dispose();
  }
  return found;
}

function prepare(): void {
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, "go.mod"), "module example.com/suites\n\ngo 1.24\n");
  for (const tool of [STATICCHECK, GOSEC]) {
    const said = run("go", ["install", tool]);
    if (!readdirSync(folder).includes("bin")) throw new Error(`${tool} cannot be installed: ${said}`);
  }
  const answer = run("go", ["mod", "download", "-json", TOOLS]);
  const { Dir } = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1)) as {
    Dir: string;
  };
  for (const pass of ["unsafeptr", "cgocall"])
    cpSync(join(Dir, "go/analysis/passes", pass, "testdata/src"), join(sources, pass), { recursive: true });
  for (const name of readdirSync(sources, { recursive: true, encoding: "utf8" }))
    chmodSync(join(sources, name), 0o755);
  const programs = join(process.cwd(), "test/unit/golint");
  for (const name of readdirSync(programs, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".go")) continue;
    const own = join(sources, "ours", dirname(name), basename(name, ".go"));
    mkdirSync(own, { recursive: true });
    cpSync(join(programs, name), join(own, name.endsWith("_test.go") ? "main_test.go" : "main.go"));
  }
}

function row(suite: string, tool: string, labels: Lines, found: Lines): string {
  const hits = [...found].filter((line) => labels.has(line)).length;
  const percent = (part: number, of: number) => (of === 0 ? "–" : `${((100 * part) / of).toFixed(0)} %`);
  return `| ${suite} | ${tool} | ${hits} of ${labels.size} | ${percent(hits, labels.size)} | ${found.size - hits} | ${percent(hits, found.size)} |`;
}

async function main(): Promise<void> {
  prepare();
  const parser = await GoParser.load(parserBytes());
  const names = { unsafeptr: "vet's unsafeptr", cgocall: "vet's cgocall", ours: "our programs" };
  const rows: string[] = [];
  for (const [suite, name] of Object.entries(names)) {
    const labels = labelled(suite);
    const all = `./${suite}/...`;
    rows.push(
      row(name, "ours", labels, ours(suite, parser)),
      row(name, "go vet", labels, reported(run("go", ["vet", all]))),
      row(
        name,
        "staticcheck (SA)",
        labels,
        reported(run(join(folder, "bin/staticcheck"), ["-checks", "SA*", all])),
      ),
      row(name, "gosec (G103, G115)", labels, gosec(suite)),
    );
  }
  const version = run("go", ["version"]).trim().split(" ")[2];
  const table = [
    `${version}, ${[STATICCHECK, GOSEC, TOOLS].map((m) => m.replace(/^.*\/(?=[\w-]+@)/, "")).join(", ")}`,
    "",
    "| suite | tool | labelled lines found | recall | other lines reported | precision |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
  console.log(table);
  if (!process.argv.includes("--write")) return;
  const marked = /<!-- table: begin -->[\s\S]*<!-- table: end -->/;
  const text = readFileSync(README, "utf8");
  writeFileSync(README, text.replace(marked, `<!-- table: begin -->\n\n${table}\n\n<!-- table: end -->`));
}

await main();
