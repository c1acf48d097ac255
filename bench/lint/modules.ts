/**
 * `node scripts/ts.mjs bench/lint/modules.ts [--write] [--show]`: lints real modules, fetched from the Go module proxy at
 * pinned versions, and joins what is found with the verdicts of readers in verdicts.tsv. `--write` puts the summary into
 * bench/lint/README.md; `--show` prints the sampled findings that have no verdict, with their source. `--all` with it
 * shows all. Ends with 1 when a finding of the sample has no verdict, or a verdict no finding.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { type LintFinding, RULES } from "../../src/golint/index.ts";
import { lintFolders } from "../../src/goworkspace/run.ts";
import { byModule, byRule, readVerdicts, type Sampled, sample, totals } from "./verdicts.ts";

/** With cgo, with unsafe, or with clients and handlers of HTTP; many with more than one. */
const MODULES = `
  github.com/DataDog/zstd@v1.5.7
  github.com/NVIDIA/go-nvml@v0.13.4-1
  github.com/blevesearch/go-faiss@v1.0.30
  github.com/bytedance/sonic@v1.15.5
  github.com/cilium/ebpf@v0.22.0
  github.com/cockroachdb/pebble/v2@v2.1.7
  github.com/confluentinc/confluent-kafka-go/v2@v2.11.1
  github.com/containerd/containerd/v2@v2.4.2
  github.com/coreos/go-systemd/v22@v22.7.0
  github.com/daulet/tokenizers@v1.24.0
  github.com/davidbyttow/govips/v2@v2.16.0
  github.com/dgraph-io/badger/v4@v4.9.6
  github.com/dgraph-io/ristretto/v2@v2.4.2
  github.com/duckdb/duckdb-go/v2@v2.20000.0
  github.com/ebitengine/purego@v0.11.3
  github.com/gen2brain/malgo@v0.11.24
  github.com/ggerganov/whisper.cpp/bindings/go@v0.0.0-20260227185758-9453b4b9be9b
  github.com/go-gl/glfw/v3.3/glfw@v0.0.0-20260823155953-d41da22a9587
  github.com/google/gopacket@v1.1.19
  github.com/gordonklaus/portaudio@v0.0.0-20250206071425-98a94950218b
  github.com/h2non/bimg@v1.1.9
  github.com/libp2p/go-libp2p@v0.51.0
  github.com/linxGnu/grocksdb@v1.11.1
  github.com/marcboeker/go-duckdb@v1.8.5
  github.com/mattn/go-sqlite3@v1.14.53
  github.com/miekg/pkcs11@v1.1.2
  github.com/milvus-io/milvus/pkg/v2@v2.6.7-0.20251201120310-af64f2acba38
  github.com/ollama/ollama@v0.17.4
  github.com/prometheus/prometheus@v0.316.0
  github.com/sashabaranov/go-openai@v1.43.0
  github.com/shirou/gopsutil/v4@v4.26.10
  github.com/tecbot/gorocksdb@v0.0.0-20191217155057-f0fad39f321c
  github.com/tetratelabs/wazero@v1.12.0
  github.com/tmc/langchaingo@v0.1.14
  github.com/valyala/fasthttp@v1.78.0
  github.com/valyala/gozstd@v1.27.0
  github.com/veandco/go-sdl2@v0.4.39
  github.com/weaviate/weaviate@v1.35.2
  github.com/yalue/onnxruntime_go@v1.27.0
  go.etcd.io/bbolt@v1.5.0
  gocv.io/x/gocv@v0.41.0
  gonum.org/v1/gonum@v0.17.0
  gorgonia.org/cu@v0.9.6
  gorgonia.org/gorgonia@v0.9.18
  gorgonia.org/tensor@v0.9.24
  tinygo.org/x/bluetooth@v0.17.0
  github.com/IBM/sarama@v1.61.1
  github.com/gin-gonic/gin@v1.10.0
  github.com/goccy/go-json@v0.10.6
  github.com/nats-io/nats-server/v2@v2.15.2
  github.com/openai/openai-go/v3@v3.82.0
  github.com/redis/go-redis/v9@v9.18.0
  github.com/tree-sitter/go-tree-sitter@v0.25.0
  golang.org/x/net@v0.62.0
  google.golang.org/grpc@v1.85.0
`
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");

const README = "bench/lint/README.md";
const VERDICTS = "bench/lint/verdicts.tsv";

/** Whatever machine this runs on, the same files are checked. */
const CONFIGURATION = { goos: "linux", goarch: "amd64", cgo: true, tags: [], minor: 26 };

/** Folders in the module cache, by `module@version`. */
function download(modules: readonly string[]): Map<string, string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "golm-lint-modules-")));
  const env = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=mod" };
  const done = spawnSync("go", ["mod", "download", "-json", ...modules], {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 900_000,
    maxBuffer: 1 << 28,
  });
  rmSync(folder, { recursive: true, force: true });
  if (done.error) throw new Error(`go mod download: ${done.error.message}`);
  const answers = done.stdout
    .split(/^(?=\{)/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as { Path: string; Version: string; Dir?: string; Error?: string });
  for (const { Error: why } of answers) if (why !== undefined) throw new Error(why);
  return new Map(answers.map(({ Path, Version, Dir }) => [`${Path}@${Version}`, Dir!]));
}

interface Linted {
  readonly findings: readonly (Sampled & { readonly finding: LintFinding; readonly text: string })[];
  readonly files: number;
}

async function lint(module: string, folder: string): Promise<Linted> {
  const run = lintFolders({
    patterns: ["./..."],
    cwd: folder,
    script: import.meta.url,
    context: CONFIGURATION,
    rules: RULES,
    onProblem: ({ path, kind }) => console.error(`${module}: ${relative(folder, path)}: ${kind}`),
    onFailure: (file, why) => console.error(`${module}: ${relative(folder, file)}: ${why}`),
  });
  const findings: Linted["findings"][number][] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { findings, files: next.value.files };
    const { path, text } = next.value;
    const file = relative(folder, path).split(sep).join("/");
    for (const finding of next.value.findings) {
      const { rule, severity, range } = finding;
      findings.push({ module, file, line: range.from.line, rule, severity, finding, text });
    }
  }
}

/** A finding with the lines around it. */
function show({ module, file, line, rule, severity, finding, text }: Linted["findings"][number]): string {
  const lines = text.split("\n");
  const around = lines.slice(Math.max(0, line - 13), line + 10);
  const first = Math.max(1, line - 12);
  const source = around.map((one, at) => `${first + at === line ? ">" : " "}${first + at}\t${one}`);
  const also = finding.related.map(({ range, message }) => `  ${range.from.line}: ${message.en}`);
  return [
    `${[module, file, line, rule].join("\t")}\t${severity}`,
    `  ${finding.message.en}`,
    ...also,
    ...source,
  ].join("\n");
}

async function main(): Promise<void> {
  const folders = download(MODULES);
  const found: Linted["findings"][number][] = [];
  const files = new Map<string, number>();
  for (const module of MODULES) {
    const folder = folders.get(module);
    if (folder === undefined) throw new Error(`${module} was not downloaded`);
    const linted = await lint(module, folder);
    files.set(module, linted.files);
    found.push(...linted.findings);
  }
  const verdicts = readVerdicts(readFileSync(VERDICTS, "utf8"));
  const sampled = sample(found);
  const { judged, missing, stale } = verdicts.join(sampled);
  const said = process.argv.includes("--all") ? sampled : missing;
  if (process.argv.includes("--show")) for (const one of said) console.log(`${show(one)}\n`);
  const text = [
    totals(found, judged),
    "",
    byRule(found, judged),
    "",
    byModule(MODULES, files, found, judged),
  ].join("\n");
  console.log(text);
  for (const key of missing)
    console.log(`no verdict: ${[key.module, key.file, key.line, key.rule].join(" ")}`);
  for (const key of stale) console.log(`no such finding in the sample: ${key}`);
  if (missing.length > 0 || stale.length > 0) process.exitCode = 1;
  if (!process.argv.includes("--write")) return;
  const marked = /<!-- sample: begin -->[\s\S]*<!-- sample: end -->/;
  const page = readFileSync(README, "utf8");
  writeFileSync(
    README,
    page.replace(marked, () => `<!-- sample: begin -->\n\n${text}\n\n<!-- sample: end -->`),
  );
}

await main();
