/** The engines, built from their own modules, and what they say of the texts. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { lokiRules } from "../../src/export/fleet/loki.ts";
import { otelConfiguration } from "../../src/export/fleet/otel.ts";
import type { RuleSet } from "../../src/export/fleet/rules.ts";
import { root, type Text } from "./texts.ts";

/** A record as a collector passed it on. */
export interface EngineRecord {
  /** Index of the text it comes from. */
  readonly text: number;
  readonly body: string;
  readonly event?: string;
  readonly fingerprint?: string;
}

/** The path of the engine's program, built once for its go.sum by the Go that is there. Throws with Go's words. */
export function built(name: "otelcol" | "loki"): string {
  const folder = join(root, ".cache/fleet");
  const program = join(folder, name);
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("go", ["build", "-o", program, "."], {
    cwd: join(root, "test/fleet", name),
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-mod=readonly" },
    timeout: 40 * 60_000,
  });
  if (status !== 0) throw new Error(`${name} could not be built:\n${stderr}`);
  return program;
}

/** Runs the Collector with the exported configuration over one file for each text. */
export async function collected(
  texts: readonly Text[],
  set: RuleSet,
  folder: string,
  expected: number,
): Promise<EngineRecord[]> {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  for (const [i, { text }] of texts.entries()) writeFileSync(join(logs, `${i}.log`), text);
  const configuration = join(folder, "otel.yaml");
  writeFileSync(configuration, otelConfiguration(set, "en"));
  const output = join(folder, "records.json");
  const changes = join(folder, "test.yaml");
  writeFileSync(changes, stringify(forTest(output)));
  const args = [`--config=file:${configuration}`, `--config=file:${changes}`];
  const child = spawn(built("otelcol"), args, {
    env: { PATH: process.env.PATH, GOLM_LOGS: join(logs, "*.log") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    return await recordsOf(child, output, expected);
  } finally {
    child.kill("SIGKILL");
  }
}

/** What a test changes: it reads files from their beginning, and writes records to a file. */
function forTest(path: string): object {
  return {
    receivers: { filelog: { start_at: "beginning" } },
    exporters: { file: { path, flush_interval: "200ms" } },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: { logs: { exporters: ["file", "count/golm"] } },
    },
  };
}

async function recordsOf(child: ChildProcess, output: string, expected: number): Promise<EngineRecord[]> {
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const until = Date.now() + 180_000;
  for (let quiet = 0; Date.now() < until; ) {
    await sleep(500);
    if (child.exitCode !== null) throw new Error(`the Collector ended:\n${said}`);
    const found = existsSync(output) ? readRecords(output) : [];
    // The last record of a file comes once nothing followed it for a while; more than expected would come soon.
    quiet = found.length >= expected ? quiet + 1 : 0;
    if (quiet >= 14) return found;
  }
  throw new Error(`the Collector passed on fewer records than ${expected}:\n${said}`);
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface LogRecord {
  readonly body: { readonly stringValue?: string };
  readonly attributes?: readonly Attribute[];
}

function readRecords(output: string): EngineRecord[] {
  const whole = readFileSync(output, "utf8").split("\n").slice(0, -1);
  return whole.flatMap((line) => {
    const { resourceLogs } = JSON.parse(line) as {
      resourceLogs: { scopeLogs: { logRecords: LogRecord[] }[] }[];
    };
    return resourceLogs.flatMap(({ scopeLogs }) =>
      scopeLogs.flatMap(({ logRecords }) => logRecords.map(asRecord)),
    );
  });
}

function asRecord({ body, attributes = [] }: LogRecord): EngineRecord {
  const of = (name: string) => attributes.find(({ key }) => key === name)?.value.stringValue;
  const event = of("golm.event");
  const fingerprint = of("golm.fingerprint");
  return {
    text: Number.parseInt(of("log.file.name") ?? "", 10),
    body: body.stringValue ?? "",
    ...(event !== undefined && { event }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

/** For each record, the events whose exported alert Loki's engine raises for it. */
export function alerted(bodies: readonly string[], set: RuleSet): string[][] {
  const rules = alertsOf(lokiRules(set, { selector: '{job="golm"}', by: ["record"], language: "en" }));
  const { status, stdout, stderr } = spawnSync(built("loki"), [], {
    input: JSON.stringify({ records: bodies, rules: rules.map(({ expr }) => expr) }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 10 * 60_000,
  });
  if (status !== 0) throw new Error(`Loki's engine failed:\n${stderr}`);
  const found = bodies.map((): string[] => []);
  for (const [i, kept] of (JSON.parse(stdout) as number[][]).entries())
    for (const record of kept) found[record]!.push(rules[i]!.labels.golm_event);
  return found;
}

interface Alert {
  readonly expr: string;
  readonly labels: { readonly golm_event: string };
}

function alertsOf(file: string): Alert[] {
  const { groups } = parse(file) as { groups: { rules: (Alert & { alert?: string })[] }[] };
  return groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert !== undefined));
}
