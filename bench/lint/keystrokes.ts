/**
 * `npm run bench -- lint`: how long an editor waits from a key to its diagnostics, in a file of 5,000 lines that calls
 * C throughout. The built server is spoken to over standard input and output, as any client does, and every key counts
 * until the diagnostics of its version have arrived.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";

const LINES = 5000;
const KEYS = 200;
/** Not counted: the first keys wait for code that is not compiled yet. */
const WARM = 40;
/** Files of the package beside the one that is typed in. */
const BESIDE = 20;

const HEAD = `package binding

// #include <stdlib.h>
// #include <string.h>
// typedef struct model { int layers; } model;
// int run(model *m, const char *text, float *out, int n);
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

`;

/** A function as bindings have them; every eighth forgets to free. */
function binding(at: number): string {
  const free = at % 8 === 0 ? "" : "\tdefer C.free(unsafe.Pointer(text))\n";
  return `// run${at} evaluates a prompt.
func run${at}(m *C.model, prompt string, out []float32) (int, error) {
	if len(out) == 0 {
		return 0, errors.New("no room for the result")
	}
	text := C.CString(prompt)
${free}	total := 0
	for i := range out {
		if out[i] < 0 {
			out[i] = float32(i) * 0.5
		}
		total += i
	}
	n := C.run(m, text, (*C.float)(unsafe.Pointer(&out[0])), C.int(len(out)))
	if n < 0 {
		return 0, fmt.Errorf("run${at}: %d", int(n))
	}
	return int(n) + total, nil
}

`;
}

function fileOf(lines: number, from: number): string {
  let text = HEAD;
  for (let at = from; text.split("\n").length < lines; at += 10)
    text += Array.from({ length: 10 }, (_, more) => binding(at + more)).join("");
  return text;
}

/**
 * What is typed, a key at a time, into a function in the middle: incomplete code for most of the time. As editors do,
 * an opening bracket or quote brings its closing one, which is then typed over.
 */
const TYPED =
  '\tif buffer := C.malloc(C.size_t(len(out))); buffer != nil {\n\t\tdefer C.free(buffer)\n\t}\n\tfmt.Println("run")\n';

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "{": "}", '"': '"' };

/** The changes of `TYPED`, over and over: where, counted from the cursor's first place, and what comes in. */
function* keys(): Generator<{ readonly at: number; readonly insert: string }> {
  let at = 0;
  for (;;) {
    let ahead = "";
    for (const key of TYPED) {
      if (ahead.startsWith(key)) {
        ahead = ahead.slice(1);
        at += 1;
        continue;
      }
      const closing = CLOSING[key] ?? "";
      yield { at, insert: key + closing };
      ahead = closing + ahead;
      at += 1;
    }
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Processor seconds of a process so far; Linux alone tells. */
function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

const folder = mkdtempSync(join(tmpdir(), "golm-keys-"));
const server = spawn(process.execPath, [join(process.cwd(), "dist/cli.js"), "lsp"], {
  stdio: ["pipe", "pipe", "inherit"],
});
try {
  writeFileSync(join(folder, "go.mod"), "module example.com/binding\n\ngo 1.24\n");
  for (let at = 0; at < BESIDE; at++)
    writeFileSync(join(folder, `beside${at}.go`), fileOf(300, 10_000 + 1000 * at));
  const text = fileOf(LINES, 0);
  const path = join(folder, "binding.go");
  writeFileSync(path, text);
  const uri = pathToFileURL(path).href;

  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let arrived: ((version: number) => void) | undefined;
  let found = 0;
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    if (params.uri !== uri) return;
    found = params.diagnostics.length;
    arrived?.(params.version ?? 0);
  });
  connection.listen();
  const until = (version: number) =>
    new Promise<void>((done) => {
      arrived = (seen) => {
        if (seen >= version) done();
      };
    });

  const begun = performance.now();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  let document = TextDocument.create(uri, "go", 1, text);
  const opened = until(1);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "go", version: 1, text },
  });
  await opened;
  const opening = performance.now() - begun;
  const first = found;

  const times: number[] = [];
  const offset = text.indexOf("\ttotal := 0", text.length / 2);
  const typing = keys();
  let processor = 0;
  for (let key = 0; key < WARM + KEYS; key++) {
    if (key === WARM) processor = processorTime(server.pid!);
    const { at: from, insert } = typing.next().value!;
    const at = document.positionAt(offset + from);
    const contentChanges = [{ range: { start: at, end: at }, text: insert }];
    const version = key + 2;
    const answered = until(version);
    const pressed = performance.now();
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    await answered;
    if (key >= WARM) times.push(performance.now() - pressed);
    document = TextDocument.update(document, contentChanges, version);
  }
  const cpu = (1000 * (processorTime(server.pid!) - processor)) / KEYS;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}; ${LINES} lines, ${first} findings, ${BESIDE} files beside`,
  );
  console.log(`start to the first diagnostics  ${ms(opening)}`);
  console.log(
    `key to diagnostics, ${KEYS} keys   median ${ms(percentile(times, 0.5))}, best ${ms(Math.min(...times))}, 90 % within ${ms(percentile(times, 0.9))}`,
  );
  console.log(`processor time for each key     ${ms(cpu)}`);
  connection.dispose();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
