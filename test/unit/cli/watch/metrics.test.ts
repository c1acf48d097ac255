/** `/metrics`: what is exposed, to whom, in a form Prometheus reads; and memory that stays flat. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Counts, escapeLabel, exposition } from "../../../../src/cli/watch/exposition.ts";
import { type Fault, Faults } from "../../../../src/cli/watch/faults.ts";
import { parseAddress } from "../../../../src/cli/watch/metrics-server.ts";
import { parseDuration } from "../../../../src/cli/watch/watch.ts";
import { environment, program, Running, root, workFolder } from "../cli.ts";

const folder = workFolder();
const crash = readFileSync(join(root, "test/golden/cli/inputs/off-by-one.txt"), "utf8");
const generator = join(import.meta.dirname, "crashes.mjs");

let running: Running | undefined;
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.ended;
  running = undefined;
});
afterAll(() => folder.remove());

interface Sample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const VALUE = String.raw`[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|Inf)|NaN`;
const LABEL = String.raw`([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"`;

/** A strict reader of the text format and of OpenMetrics: throws at the first line that is not well-formed. */
function parse(page: string, openMetrics: boolean): Sample[] {
  const lines = page.split("\n");
  expect(lines.pop(), "the last line ends").toBe("");
  if (openMetrics) expect(lines.pop()).toBe("# EOF");
  const samples: Sample[] = [];
  const seen = new Set<string>();
  let family = { name: "", type: "", helped: false };
  for (const line of lines) {
    const help = new RegExp(`^# HELP (${NAME}) [^\\n]+$`).exec(line);
    if (help) {
      expect(seen, line).not.toContain(`family ${help[1]}`);
      seen.add(`family ${help[1]}`);
      family = { name: help[1]!, type: "", helped: true };
      continue;
    }
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge)$`).exec(line);
    if (type) {
      expect(type[1], line).toBe(family.name);
      expect(family.helped, line).toBe(true);
      family = { ...family, type: type[2]! };
      continue;
    }
    const sample = new RegExp(`^(${NAME})(?:\\{((?:${LABEL})(?:,${LABEL})*)\\})? (${VALUE})$`).exec(line);
    if (!sample) throw new Error(`not well-formed: ${line}`);
    const expected = openMetrics && family.type === "counter" ? `${family.name}_total` : family.name;
    expect(sample[1], line).toBe(expected);
    if (family.type === "counter") expect(sample[1]).toMatch(/_total$/);
    const series = line.slice(0, line.lastIndexOf(" "));
    expect(seen, "each series once").not.toContain(series);
    seen.add(series);
    const labels: Record<string, string> = {};
    for (const [, name, value] of (sample[2] ?? "").matchAll(new RegExp(LABEL, "g"))) {
      expect(labels[name!]).toBeUndefined();
      labels[name!] = value!.replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c));
    }
    samples.push({ name: sample[1]!, labels, value: Number(sample.at(-1)) });
  }
  return samples;
}

const fault = (fingerprint: string, more: Partial<Fault> = {}): Fault => ({
  fingerprint,
  event: { id: "runtime/index-out-of-range", title: "" },
  header: "",
  input: "-",
  first: 0,
  last: 1_700_000_000_500,
  count: 1,
  ...more,
});

const counts = (faults: Faults, bytes: [string, number][] = []): Counts => ({
  faults,
  bytes: new Map(bytes),
  goroutinesDropped: 0,
  version: "0.1.0",
  started: 0,
});

describe("the exposition", () => {
  const hostile = 'a"b\\c\nd{}=,# \u2028 \ud800 \x1b 日志';

  test.each(["text", "openmetrics"] as const)("%s is well-formed, whatever the names hold", (dialect) => {
    const faults = new Faults();
    faults.add(fault("aa", { event: { id: hostile, title: hostile }, count: 7 }));
    const samples = parse(exposition(counts(faults, [[hostile, 12]]), dialect), dialect === "openmetrics");
    const total = samples.find(({ name }) => name === "golm_faults_total")!;
    expect(total.labels).toEqual({
      event: hostile.replace("\ud800", "\ufffd"),
      cause: "unknown",
      fingerprint: "aa",
    });
    expect(total.value).toBe(7);
    expect(samples.find(({ name }) => name === "golm_fault_last_seen_timestamp_seconds")!.value).toBeCloseTo(
      1_700_000_000.5,
      3,
    );
    expect(samples.find(({ name }) => name === "golm_watch_read_bytes_total")!.value).toBe(12);
  });

  test("promtool finds nothing wrong", ({ skip }) => {
    const faults = new Faults(1);
    faults.add(fault("aa"));
    faults.add(fault("bb", { event: { id: hostile, title: "" } }));
    const input = exposition(counts(faults, [["/var/log/a.log", 5]]), "text");
    const { status, stdout, stderr, error } = spawnSync("promtool", ["check", "metrics"], {
      input,
      encoding: "utf8",
      timeout: 20_000,
    });
    if (error) return skip("promtool is not installed (Debian: apt-get install prometheus)");
    expect(stdout + stderr).toBe("");
    expect(status).toBe(0);
  });

  test("escapes what ends a value", () => {
    expect(escapeLabel('a"\\\n')).toBe('a\\"\\\\\\n');
  });
});

describe("series are bounded", () => {
  const totals = (faults: Faults) =>
    parse(exposition(counts(faults), "text"), false)
      .filter(({ name }) => name === "golm_faults_total")
      .map(({ labels, value }) => [labels.fingerprint, value]);

  test("the ones not seen for longest are folded into other, and no crash is lost", () => {
    const faults = new Faults(3, 4);
    for (const name of ["a", "b", "c"]) faults.add(fault(name));
    faults.again("a", 2);
    expect(faults.add(fault("d"))).toBeUndefined();
    expect(faults.add(fault("e"))?.fingerprint).toBe("b");
    expect(totals(faults)).toEqual([
      ["a", 2],
      ["d", 1],
      ["e", 1],
      ["other", 2],
    ]);
    expect(faults.crashes).toBe(6);
    expect(faults.forgotten).toMatchObject({ faults: 1, count: 1 });
  });

  test("one that comes back is known, and other never shrinks", () => {
    const faults = new Faults(2, 10);
    for (const name of ["a", "b", "c"]) faults.add(fault(name));
    expect(faults.again("a", 5)).toMatchObject({ count: 2 });
    expect(totals(faults)).toEqual([
      ["c", 1],
      ["a", 1],
      ["other", 2],
    ]);
    expect(faults.ranked().map(({ fingerprint, count }) => [fingerprint, count])).toEqual([
      ["a", 2],
      ["b", 1],
      ["c", 1],
    ]);
  });
});

test.each([
  [true, "127.0.0.1:9477"],
  ["9000", "127.0.0.1:9000"],
  [":9000", "127.0.0.1:9000"],
  ["0.0.0.0:9000", "0.0.0.0:9000"],
  ["[::1]:9000", "::1:9000"],
  ["metrics.internal:1", "metrics.internal:1"],
  ["host", undefined],
  ["a.log", undefined],
  ["[nonsense]:1", undefined],
  ["1.2.3.4:99999", undefined],
  ["::1:9000", undefined],
  ["http://x:1", undefined],
])("the address %s is %s", (given, expected) => {
  const address = parseAddress(given as string | true);
  expect(address && `${address.host}:${address.port}`).toBe(expected);
});

test("durations", () => {
  expect(["30s", "1.5m", "1h", "100ms", "24h"].map(parseDuration)).toEqual([
    30_000, 90_000, 3_600_000, 100, 86_400_000,
  ]);
  expect(["", "30", "s", "1d", "-1s", "99ms", "25h", "1e9s"].map(parseDuration)).toEqual(
    Array(8).fill(undefined),
  );
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode!, type: response.headers["content-type"] ?? "", body }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("the server tells the counts as they are, to this machine", async () => {
  running = new Running(["watch", "--no-source", "--format", "json", "--metrics=0"], folder.path);
  await running.until(() => /metrics are at (\S+)\./.test(running!.stderr), "the address");
  const url = /metrics are at (\S+)\./.exec(running.stderr)![1]!;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  running.child.stdin.write(crash.repeat(3));
  running.child.stdin.write("INFO behind\n");
  await running.until(() => running!.stdout.includes('"fault"'), "the fault");

  const page = await ask(url);
  expect(page).toMatchObject({ status: 200, type: "text/plain; version=0.0.4; charset=utf-8" });
  const samples = parse(page.body, false);
  const one = (name: string) => samples.find((sample) => sample.name === name)!;
  expect(one("golm_faults_total")).toMatchObject({
    labels: {
      event: "runtime/index-out-of-range",
      cause: "runtime/index-out-of-range/off-by-one",
      fingerprint: "5d8e0f4fa16ab8d1",
    },
  });
  expect(Math.abs(one("golm_fault_last_seen_timestamp_seconds").value - Date.now() / 1000)).toBeLessThan(60);
  expect(one("golm_watch_read_bytes_total")).toMatchObject({ labels: { input: "-" } });

  const open = await ask(url, { headers: { accept: "application/openmetrics-text; version=1.0.0" } });
  expect(open.type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
  expect(parse(open.body, true).length).toBe(samples.length);

  expect((await ask(url, { method: "POST" })).status).toBe(405);
  expect((await ask(url.replace("/metrics", "/../etc/passwd"))).status).toBe(404);
  expect((await ask(url, { headers: { host: "evil.example:80" } })).status).toBe(403);
  expect((await ask(url, { method: "HEAD" })).body).toBe("");

  // A second one finds the port taken and says so.
  const port = new URL(url).port;
  const second = spawnSync(process.execPath, [program, "watch", `--metrics=${port}`], {
    env: environment(folder.path),
    input: "",
    encoding: "utf8",
  });
  expect(second.status).toBe(2);
  expect(second.stderr).toMatch(
    /--metrics 127\.0\.0\.1:\d+: cannot listen there: address already in use\. Name another/,
  );

  running.child.stdin.end();
  expect(await running.ended).toBe(1);
  await expect(ask(url)).rejects.toThrow(/ECONNREFUSED/);
});

/** More by hand: GOLM_WATCH_CRASHES=1000000. */
const CRASHES = Number(process.env.GOLM_WATCH_CRASHES ?? 3_000);

test.runIf(process.platform === "linux")(
  "memory stays bounded over many crashes of more faults than have series",
  async () => {
    const log = spawn(process.execPath, [generator, String(CRASHES), "1500", "20"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const child = spawn(process.execPath, [program, "watch", "--no-source", "--format", "json"], {
      env: environment(folder.path),
      stdio: [log.stdout, "pipe", "inherit"],
    });
    const resident: number[] = [];
    const timer = setInterval(() => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      resident.push(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    }, 100);
    let last = "";
    child.stdout!.on("data", (chunk) => {
      last = (last + chunk).slice(-8_000_000);
    });
    const status = await new Promise((done) => child.on("close", done));
    clearInterval(timer);
    expect(status).toBe(1);
    const summary = JSON.parse(last.trimEnd().split("\n").at(-1)!) as {
      crashes: number;
      faults: { count: number }[];
    };
    expect(summary.crashes).toBe(CRASHES);
    expect(summary.faults).toHaveLength(1500);
    expect(summary.faults.reduce((sum, { count }) => sum + count, 0)).toBe(CRASHES);
    const samples = resident.filter((kilobytes) => kilobytes > 0);
    // What the entries and the engine need, far below what the crashes themselves would.
    expect(Math.max(...samples)).toBeLessThan(300_000);
  },
  Math.max(120_000, CRASHES * 2),
);
