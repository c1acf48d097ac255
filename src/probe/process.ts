/** Judges a running process by what /proc says. Pure. */

import { defined } from "../binary/executable.ts";
import { atLeast } from "../binary/go-build.ts";
import { maskArguments, maskText } from "../export/secrets.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { type Finding, found, type ProbeReport } from "./finding.ts";
import { parseGodebug, parseGogc, parseMemoryLimit, parseProcs, tracebackLevel } from "./go-environment.ts";
import type { MemStats } from "./mem-stats.ts";
import { type ProcessWords, processWords } from "./messages/process.ts";
import type { ProcessFacts } from "./proc.ts";
import { judgeGcTrace, judgeGodebug, judgeTraceback } from "./runtime-settings.ts";
import { bytesText, share, shortNumber } from "./sizes.ts";

/** What is looked at, with the words and the settings at hand. */
interface Case {
  readonly facts: ProcessFacts;
  readonly w: ProcessWords;
  readonly env: Readonly<Record<string, string>>;
  readonly stats: MemStats | undefined;
}

/** `stats` is what the runtime says of its memory, where it was asked over pprof. */
export function judgeProcess(facts: ProcessFacts, language: Language, stats?: MemStats): ProbeReport {
  const w = processWords(language);
  const c: Case = { facts, w, env: facts.environment ?? {}, stats };
  const readEnv = facts.environment !== undefined;
  return {
    probe: "process",
    subject: `process ${facts.pid}`,
    facts: summary(c),
    findings: [
      ...(readEnv ? [judgeGcTrace(c.env, language), ...judgeGodebug(c.env, language)] : []),
      ...(readEnv ? [judgeTraceback(c.env, language)] : []),
      ...cores(c),
      ...(readEnv ? collector(c) : []),
      ...groupMemory(c),
      ...nativeMemory(c),
      ...processors(c),
      ...files(c),
      ...threads(c),
      ...build(c),
    ],
    missing: missing(c),
  };
}

function summary({ facts, w, env }: Case): [string, string][] {
  const { executable, status, memory, groups } = facts;
  const f = w.facts;
  const out: [string, string][] = [];
  if (facts.exe !== undefined) out.push([f.program, facts.exe]);
  if (facts.arguments.length > 1) out.push([f.arguments, maskArguments(facts.arguments).slice(1).join(" ")]);
  const go = executable?.go;
  if (go)
    out.push([f.go, `${go.goVersion} ${go.settings.GOOS ?? ""}/${go.settings.GOARCH ?? executable.arch}`]);
  if (go?.main) out.push([f.module, `${go.main.path} ${go.main.version}`.trim()]);
  if (status.rss !== undefined) {
    const known = memory?.go === undefined ? undefined : bytesText(memory.go);
    out.push([
      f.memory,
      w.resident(bytesText(status.rss), known, bytesText(memory?.files ?? status.fileBacked ?? 0)),
    ]);
  }
  const limit = groups.memory?.limit;
  if (limit !== undefined)
    out.push([
      f.memory,
      w.limitOf(
        bytesText(limit),
        groups.memory?.usage === undefined ? undefined : bytesText(groups.memory.usage),
      ),
    ]);
  const quota = groups.cpu?.cpus;
  if (status.cpus !== undefined)
    out.push([f.cpu, w.cpus(String(status.cpus), quota === undefined ? undefined : shortNumber(quota))]);
  const shown = [
    "GODEBUG",
    "GOGC",
    "GOMEMLIMIT",
    "GOMAXPROCS",
    "GOTRACEBACK",
    "GORACE",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "MALLOC_ARENA_MAX",
  ];
  const set = shown
    .filter((name) => env[name] !== undefined)
    .map((name) => `${name}=${maskText(env[name]!)}`);
  if (set.length > 0) out.push([f.environment, set.join(" ")]);
  return out;
}

function cores({ facts, w, env }: Case): Finding[] {
  const { limits, corePattern } = facts;
  const limit = limits.core;
  if (!limit || corePattern === undefined) return [];
  const cause = "build-deploy/symbols/no-core-written";
  const piped = corePattern.startsWith("|");
  // A pipe gets the core whatever the limit, but for the value 1. core(5).
  if (!piped && limit.soft === 0) {
    const hard = limit.hard === Number.POSITIVE_INFINITY ? "unlimited" : bytesText(limit.hard);
    return [found("core", "doubtful", w.coreOff(hard), { cause })];
  }
  if (corePattern === "/dev/null" || corePattern.startsWith("|/bin/false"))
    return [found("core", "doubtful", w.coreGoesNowhere(corePattern), { cause })];
  const level = tracebackLevel(env.GOTRACEBACK);
  if (facts.environment && level !== "crash")
    return [found("core", "doubtful", w.coreNotCrash(level), { cause })];
  return [found("core", "good", w.coreGood(corePlace(corePattern, facts, w)))];
}

function corePlace(pattern: string, facts: ProcessFacts, w: ProcessWords): string {
  if (pattern.startsWith("|")) return w.corePiped(pattern.slice(1).trim().split(" ")[0]!);
  return pattern.startsWith("/") ? pattern : w.coreRelative(pattern, facts.workingFolder ?? "?");
}

/** GOMEMLIMIT and GOGC, against the group's limit and the live heap. */
function collector({ facts, w, env, stats }: Case): Finding[] {
  const out: Finding[] = [];
  const limit = parseMemoryLimit(env.GOMEMLIMIT);
  const value = maskText(env.GOMEMLIMIT ?? "");
  const group = facts.groups.memory?.limit;
  const killed = "resource/killed/memory-limit";
  if (limit && "malformed" in limit) out.push(found("gomemlimit", "bad", w.limitMalformed(value)));
  if (group !== undefined) out.push(...againstGroup(limit, value, group, w, killed));
  const bytes = limit && "bytes" in limit ? limit.bytes : undefined;
  if (bytes !== undefined && stats && stats.heapAlloc > bytes)
    out.push(
      found("gomemlimit-heap", "bad", w.limitBelowHeap(value, bytesText(stats.heapAlloc)), {
        cause: "resource/out-of-memory/limit-below-live-heap",
      }),
    );
  const gogc = parseGogc(env.GOGC);
  if (gogc === "off" && bytes === undefined)
    out.push(found("gogc", "bad", w.gogcOff, { cause: "resource/out-of-memory/collector-off" }));
  if (typeof gogc === "number" && gogc < 20) out.push(found("gogc", "doubtful", w.gogcLow(gogc)));
  return out;
}

function againstGroup(
  limit: ReturnType<typeof parseMemoryLimit>,
  value: string,
  group: number,
  w: ProcessWords,
  cause: string,
): Finding[] {
  const text = bytesText(group);
  if (!limit || "off" in limit) return [found("gomemlimit", "doubtful", w.limitUnset(text), { cause })];
  if ("malformed" in limit) return [];
  const data = { bytes: limit.bytes, group };
  if (limit.bytes > group) return [found("gomemlimit", "bad", w.limitAbove(value, text), { cause, data })];
  const part = share(limit.bytes, group);
  if (part > 95) return [found("gomemlimit", "doubtful", w.limitClose(value, part, text), { cause, data })];
  return [found("gomemlimit", "good", w.limitGood(value, part, text), { data })];
}

function groupMemory({ facts, w }: Case): Finding[] {
  const { memory } = facts.groups;
  const { rss } = facts.status;
  const out: Finding[] = [];
  const cause = "resource/killed/memory-limit";
  if (memory?.oomKills) out.push(found("oom-kills", "bad", w.oomKills(memory.oomKills), { cause }));
  if (memory?.limit === undefined || rss === undefined) return out;
  // Mapped files can be given back; anonymous memory cannot.
  const part = share(facts.status.anonymous ?? rss, memory.limit);
  const words = [bytesText(facts.status.anonymous ?? rss), part, bytesText(memory.limit)] as const;
  const data = { rss, limit: memory.limit };
  if (part >= 90) out.push(found("memory", "bad", w.nearLimit(...words), { cause, data }));
  else out.push(found("memory", "good", w.memoryGood(...words), { data }));
  return out;
}

/** Below this nobody searches. */
const NATIVE_MIN = 64 << 20;

function nativeMemory({ facts, w, stats }: Case): Finding[] {
  const anonymous = facts.status.anonymous;
  const known = stats?.resident ?? facts.memory?.go;
  if (anonymous === undefined || known === undefined) return [];
  const native = Math.max(0, anonymous - known);
  const part = share(native, anonymous);
  const data = { native, anonymous, go: known };
  if (native < NATIVE_MIN || part < 40)
    return [found("native-memory", "good", w.nativeGood(bytesText(native)), { data })];
  const words = w.nativeMemory(bytesText(native), part, bytesText(anonymous));
  return [
    found("native-memory", "doubtful", words, { cause: "resource/out-of-memory/c-memory-never-freed", data }),
  ];
}

function processors({ facts, w, env }: Case): Finding[] {
  const out: Finding[] = [];
  const given = parseProcs(env.GOMAXPROCS);
  if (env.GOMAXPROCS && given === undefined)
    out.push(found("gomaxprocs-value", "doubtful", w.procsUseless(maskText(env.GOMAXPROCS))));
  const cpus = facts.status.cpus;
  const version = facts.executable?.go?.goVersion;
  if (!facts.environment || cpus === undefined || version === undefined) return out;
  const { cpu } = facts.groups;
  const aware = containerAware(facts);
  // Source: runtime/cgroup_linux.go, Go 1.25: rounded up, never below two, the group's own quota alone.
  const own =
    aware === "yes" && cpu?.own !== undefined ? Math.max(2, Math.ceil(cpu.own)) : Number.POSITIVE_INFINITY;
  const procs = given ?? Math.min(cpus, own);
  const quota = cpu?.cpus;
  if (quota !== undefined && procs > Math.max(2, Math.ceil(quota))) {
    const why = given !== undefined ? "set" : aware === "yes" ? "outer" : aware;
    out.push(
      found("gomaxprocs", "bad", w.procsAbove(procs, shortNumber(quota), why), { data: { procs, quota } }),
    );
  } else {
    out.push(
      found("gomaxprocs", "good", w.procsGood(procs, quota === undefined ? undefined : shortNumber(quota)), {
        data: { procs, ...defined({ quota }) },
      }),
    );
  }
  const stopped = cpu?.throttled ? share(cpu.throttled.periods, cpu.throttled.of) : 0;
  if (stopped >= 5) out.push(found("throttled", stopped >= 25 ? "bad" : "doubtful", w.throttled(stopped)));
  return out;
}

function containerAware(facts: ProcessFacts): "yes" | "old" | "switched-off" {
  const go = facts.executable?.go;
  if (!atLeast(go?.goVersion, 25)) return "old";
  const set =
    parseGodebug(facts.environment?.GODEBUG).get("containermaxprocs") ??
    parseGodebug(go?.settings.DefaultGODEBUG).get("containermaxprocs");
  return set === "0" ? "switched-off" : "yes";
}

function files({ facts, w }: Case): Finding[] {
  const limit = facts.limits.files?.soft;
  const open = facts.openFiles;
  if (limit === undefined || open === undefined) return [];
  const part = limit === Number.POSITIVE_INFINITY ? 0 : share(open, limit);
  const data = { open, limit };
  if (part < 80)
    return [
      found("files", "good", w.filesGood(open, Number.isFinite(limit) ? String(limit) : "∞"), { data }),
    ];
  const cause = "resource/descriptors/files-never-closed";
  return [found("files", part >= 95 ? "bad" : "doubtful", w.filesNear(open, limit, part), { cause, data })];
}

/** The runtime's own limit, runtime/debug.SetMaxThreads. */
const GO_THREADS = 10_000;

function threads({ facts, w }: Case): Finding[] {
  const count = facts.status.threads;
  if (count === undefined) return [];
  const { pids } = facts.groups;
  const used = pids?.current ?? count;
  if (pids && share(used, pids.limit) >= 80)
    return [
      found("threads", "bad", w.threadsNear(used, pids.limit, w.ofPids), {
        cause: "native/threads/process-limit",
      }),
    ];
  if (share(count, GO_THREADS) >= 80)
    return [
      found("threads", "bad", w.threadsNear(count, GO_THREADS, w.ofGo), {
        cause: "native/threads/thread-limit",
      }),
    ];
  return [found("threads", "good", w.threadsGood(count), { data: { threads: count } })];
}

function build({ facts, w }: Case): Finding[] {
  const out: Finding[] = [];
  const settings = facts.executable?.go?.settings ?? {};
  for (const kind of ["-race", "-msan", "-asan"])
    if (settings[kind] === "true")
      out.push(
        found(`build${kind}`, "bad", w.raceBuild(kind), {
          cause: "build-deploy/toolchain/race-build-shipped",
        }),
      );
  if (facts.exeDeleted)
    out.push(
      found("deleted", "doubtful", w.deleted, { cause: "build-deploy/symbols/binary-of-another-build" }),
    );
  if (facts.executable && !facts.executable.dwarf)
    out.push(found("stripped", "doubtful", w.stripped, { cause: "build-deploy/symbols/stripped" }));
  return out;
}

function missing({ facts, w, stats }: Case): string[] {
  const out = facts.denied.map((part) => w.missing[part]);
  if (!stats && facts.memory && facts.memory.go === undefined) out.push(w.missing.heap);
  return out;
}
