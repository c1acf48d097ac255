// Wrappers in wrappers, and texts embedded in source, markup and traces of other systems.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { carriers } from "../lib/wrap.mjs";

const golden = (path) =>
  readFileSync(fileURLToPath(new URL(`../../golden/trace/${path}`, import.meta.url)), "utf8");
const raw = (base) => golden(`${base}.txt`);
const known = (base, more = {}) => {
  const { wrappers: _, ...crash } = JSON.parse(golden(`${base}.expect.json`)).crashes[0];
  return { ...crash, ...more };
};

const INDEX = "panic/index-go1.26";
const DEADLOCK = "fatal/deadlock-workers-go1.26";

/** The text of `base`, carried by the inner carrier first. */
function row(name, base, path, more = {}) {
  const carry = (text) =>
    path.reduce(
      (inner, carrier) => (typeof carrier === "string" ? carriers[carrier](inner) : carrier(inner)),
      text,
    );
  return {
    form: "nested",
    name,
    text: () => carry(raw(base)),
    crashes: () => [{ ...known(base, more), count: false }],
  };
}

const wrappers = [
  row("compose-with-timestamps", INDEX, ["lambda", "compose"]),
  row("compose-zap-json", "logger/zap-json", ["compose"]),
  row("cri-slog-json", "logger/slog-json", ["cri"]),
  row("cri-partial-slog-json", "logger/slog-json", ["cri-partial"]),
  row("actions-test-json", "test/panic-json-go1.26", ["github-actions"]),
  row("actions-gotestsum", "test/gotestsum", ["github-actions"]),
  row("actions-compose", DEADLOCK, ["compose", "github-actions"]),
  row("journald-compose", INDEX, ["compose", "journald-short"]),
  row("journald-docker-json", INDEX, ["docker-json-file", "journald-short"]),
  row("quoted-journald", INDEX, ["journald-short", "quoted"]),
  row("quoted-hard-wrapped", INDEX, ["hard-wrapped-80", "quoted"], {
    faulting: { topUser: "main.pick", line: 57 },
  }),
  row("indented-compose", INDEX, ["compose", "indented"]),
  row("coloured-compose-crlf", INDEX, ["coloured", "compose", "crlf"]),
  row("kubectl-klog-observed", "logger/klog-error", ["kubectl-prefix-timestamps"]),
  row("html-of-journald", INDEX, ["journald-short", "html-pre"]),
  row("fence-of-cri", INDEX, ["cri", "markdown-fence"]),
  row("test-verbose-in-gitlab", "test/panic-verbose-go1.26", ["gitlab-timestamps"]),
];

const html = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const linesOf = (text) => text.replace(/\n$/, "").split("\n");

const embedded = [
  row("html-br", INDEX, [
    (text) =>
      `<p>${html(text).replaceAll("\t", "&nbsp;&nbsp;&nbsp;&nbsp;").replaceAll("\n", "<br>\n")}</p>\n`,
  ]),
  row("cdata", INDEX, [
    (text) => `<testcase name="TestPick">\n<system-err><![CDATA[${text}]]></system-err>\n</testcase>\n`,
  ]),
  row("go-raw-string", INDEX, [
    (text) => `const trace = \`${text}\`\n\nfunc TestParse(t *testing.T) { parse(trace) }\n`,
  ]),
  row("python-triple-quotes", INDEX, [(text) => `TRACE = """${text}"""\n`]),
  row("gutter", INDEX, [
    (text) =>
      `${linesOf(text)
        .map((l, i) => `${String(i + 1).padStart(4)} | ${l}`)
        .join("\n")}\n`,
  ]),
  row(
    "otlp-json",
    INDEX,
    [
      (text) => {
        const at = text.indexOf("goroutine");
        const attribute = (key, stringValue) => ({ key, value: { stringValue } });
        const event = {
          name: "exception",
          timeUnixNano: "1795415401000000000",
          attributes: [
            attribute("exception.type", "runtime.boundsError"),
            attribute("exception.message", "runtime error: index out of range [3] with length 3"),
            attribute("exception.stacktrace", text.slice(at)),
          ],
        };
        return `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: "generate", events: [event] }] }] }] })}\n`;
      },
    ],
    {
      panics: [{ value: "runtime error: index out of range [3] with length 3" }],
      recovered: { $match: "." },
      completeness: { $match: "." },
    },
  ),
  row("zero-bytes-before", INDEX, [(text) => `${"\0".repeat(512)}${text}`]),
  row("zero-bytes-after", INDEX, [(text) => `${text}${"\0".repeat(512)}`]),
  row("long-line-before", INDEX, [(text) => `${"weights=0.25,".repeat(4000)}\n${text}`]),
  row("compose-exited", DEADLOCK, ["compose", (text) => `${text}server-1 exited with code 2\n`], {
    exit: { status: 2 },
  }),
];

const real = [
  {
    form: "shape",
    name: "unicode-go1.26",
    program: "unicode",
    go: "1.26",
    crashes: [
      {
        kind: "panic",
        panics: [
          { value: "runtime error: index out of range [2] with length 0", recovered: true },
          { value: "加载失败：模型文件已损坏 💥\n第二行", recovered: false },
        ],
        faulting: { id: 1, functions: ["main.(*模型).取值", "main.größe"] },
        completeness: "whole",
      },
    ],
  },
  {
    form: "machine",
    name: "js-wasm-go1.26",
    program: "panics",
    go: "1.26",
    command:
      "GOOS=js GOARCH=wasm go build -o llmserver.wasm . && node $(go env GOROOT)/lib/wasm/wasm_exec_node.js llmserver.wasm index; true",
    crashes: [
      {
        kind: "panic",
        panics: [{ value: "runtime error: index out of range [3] with length 3" }],
        faulting: { id: 1, state: "running", topUser: "main.pick", at: "index" },
        completeness: "whole",
      },
    ],
  },
  ...["score", "segv"].map((how) => ({
    form: "cgo",
    name: `shared-library-${how}-go1.26`,
    program: "cshared",
    go: "1.26",
    command: `go build -buildmode=c-shared -o libscore.so . && python3 host.py ${how}; true`,
    crashes:
      how === "score"
        ? [
            {
              kind: "panic",
              panics: [{ value: "runtime error: index out of range [9] with length 3" }],
              faulting: { state: "running", lockedToThread: true, topUser: "main.goScore", at: "shared" },
              completeness: "whole",
            },
          ]
        : [{ kind: "exit-status", exit: { signal: "SIGSEGV" } }],
  })),
];

export const nested = [...real, ...wrappers, ...embedded];
