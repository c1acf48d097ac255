/** Judges a pod by its spec and status, joined with what its log says. Pure. */

import { maskText } from "../export/secrets.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { byLevel, type Finding, found, type ProbeReport } from "./finding.ts";
import { parseMemoryLimit, parseProcs } from "./go-environment.ts";
import { type PodWords, podWords } from "./messages/pod.ts";
import type { Container, Ended, Pod, Probe } from "./pod-model.ts";
import { judgeGcTrace, judgeGodebug, judgeTraceback } from "./runtime-settings.ts";
import { bytesText, share, shortNumber } from "./sizes.ts";

/** What the log of a container was found to hold. */
export interface LogDiagnosis {
  readonly file: string;
  readonly title: string;
  readonly id: string;
  readonly place?: string;
}

export function judgePod(pod: Pod, logs: readonly LogDiagnosis[], language: Language): ProbeReport {
  const w = podWords(language);
  const findings = pod.containers.flatMap((container) =>
    judgeContainer(container, pod, logs, language).map((finding) => ({
      ...finding,
      title: pod.containers.length > 1 ? `${container.name}: ${finding.title}` : finding.title,
    })),
  );
  const hidden = pod.containers.filter(({ hiddenEnvironment }) => hiddenEnvironment);
  return {
    probe: "pod",
    subject: pod.name,
    facts: [
      [w.facts.phase, [pod.phase, pod.reason].filter(Boolean).join(" ") || "?"],
      ...pod.containers.map((c): [string, string] => [
        w.facts.container,
        `${c.name} ${maskText(c.image)}${limits(c, w)}`,
      ]),
    ],
    findings: byLevel([...evicted(pod, w), ...fromLogs(logs, w), ...findings]),
    missing: hidden.map(({ name }) => w.hidden(name)),
  };
}

function limits(c: Container, w: PodWords): string {
  const parts = [
    c.memoryLimit === undefined ? undefined : bytesText(c.memoryLimit),
    c.cpuLimit === undefined ? undefined : `${shortNumber(c.cpuLimit)} CPU`,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${w.limit(parts.join(", "))}` : "";
}

function evicted(pod: Pod, w: PodWords): Finding[] {
  return pod.reason === "Evicted" ? [found("evicted", "bad", w.evicted(pod.message ?? ""))] : [];
}

function fromLogs(logs: readonly LogDiagnosis[], w: PodWords): Finding[] {
  return logs.map(({ file, title, id, place }) =>
    found("log", "bad", w.log(file, title, place), id.startsWith("unknown/") ? {} : { cause: id }),
  );
}

function judgeContainer(
  c: Container,
  pod: Pod,
  logs: readonly LogDiagnosis[],
  language: Language,
): Finding[] {
  const w = podWords(language);
  const out: Finding[] = [];
  const ended = c.lastEnded ?? c.ended;
  if (ended) out.push(...judgeEnd(ended, c, logs, w));
  if (c.waiting) out.push(...judgeWaiting(c, ended, w));
  else if (c.restarts > 0 && !ended) out.push(found("restarts", "doubtful", w.restarts(c.restarts)));
  if (c.init) return out;
  out.push(...judgeProbes(c, w), ...judgeMemory(c, w), ...judgeCpu(c, w), ...judgeCores(c, w));
  if (pod.grace !== undefined && pod.grace < 10)
    out.push(
      found("grace", "doubtful", w.grace(pod.grace), { cause: "resource/killed/sigterm-not-handled" }),
    );
  if (c.readOnlyRoot && !c.mounts.some((path) => path === "/tmp" || path === "/"))
    out.push(found("temporary", "doubtful", w.readOnly, { cause: "build-deploy/image/no-temp-folder" }));
  if (c.hiddenEnvironment && c.environment.GOTRACEBACK === undefined) return out;
  out.push(
    judgeGcTrace(c.environment, language),
    ...judgeGodebug(c.environment, language),
    judgeTraceback(c.environment, language),
  );
  return out;
}

/** Exit codes above 128 are 128 and the signal. */
function judgeEnd(ended: Ended, c: Container, logs: readonly LogDiagnosis[], w: PodWords): Finding[] {
  const code = ended.exitCode ?? 0;
  const told = logs.length > 0;
  const data = { exitCode: code, ...(ended.reason !== undefined && { reason: ended.reason }) };
  const say = (level: Finding["level"], words: ReturnType<PodWords["oomKilled"]>, cause?: string) => [
    found("exit", level, words, { data, ...(cause !== undefined && { cause }) }),
  ];
  if (ended.reason === "OOMKilled")
    return say(
      "bad",
      w.oomKilled(c.memoryLimit === undefined ? undefined : bytesText(c.memoryLimit)),
      "resource/killed/memory-limit",
    );
  if (ended.reason === "StartError" || ended.reason === "ContainerCannotRun")
    return say(
      "bad",
      w.cannotRun(maskText(ended.message ?? ended.reason)),
      "native/loader/program-not-found",
    );
  switch (code) {
    case 0:
      return c.init ? [] : say("fact", w.exit0);
    case 2:
      return say("bad", w.exit2(told), told ? undefined : "build-deploy/symbols/goroutines-not-printed");
    case 126:
      return say("bad", w.exit126, "native/loader/not-executable");
    case 127:
      return say("bad", w.exit127, "native/loader/missing-library");
    case 134:
      return say("bad", w.exit134(told), "native/abort-in-c");
    case 137:
      return say(
        "bad",
        w.exit137(c.liveness !== undefined),
        c.liveness ? "resource/killed/liveness-probe" : "resource/killed/sigterm-not-handled",
      );
    case 139:
      return say("bad", w.exit139(told), "native/died-without-a-word/fault-on-c-thread");
    case 143:
      return say("doubtful", w.exit143, "resource/killed/sigterm-not-handled");
    default:
      return say("bad", w.exitOther(code));
  }
}

function judgeWaiting(c: Container, ended: Ended | undefined, w: PodWords): Finding[] {
  const { reason, message } = c.waiting!;
  if (reason === "CrashLoopBackOff")
    return [found("crash-loop", "bad", w.crashLoop(c.name, c.restarts, ended !== undefined))];
  if (reason === "ContainerCreating" || reason === "PodInitializing") return [];
  return [found("waiting", "bad", w.waiting(reason, maskText(message ?? "")))];
}

function judgeProbes(c: Container, w: PodWords): Finding[] {
  const { liveness, readiness, startup } = c;
  if (!liveness) return [];
  const cause = "resource/killed/liveness-probe";
  const out: Finding[] = [];
  const patience = liveness.period * liveness.failures;
  if (liveness.timeout < 3)
    out.push(found("liveness-timeout", "doubtful", w.livenessTimeout(liveness.timeout), { cause }));
  if (patience < 30)
    out.push(
      found("liveness-patience", "doubtful", w.livenessPatience(patience, liveness.failures), { cause }),
    );
  const start = liveness.delay + patience;
  if (!startup && start < 120)
    out.push(found("liveness-start", "doubtful", w.livenessStart(start), { cause }));
  if (readiness && sameQuestion(liveness, readiness))
    out.push(found("liveness-readiness", "doubtful", w.sameProbe(liveness.what), { cause }));
  return out;
}

function sameQuestion(a: Probe, b: Probe): boolean {
  return a.what === b.what && !a.what.startsWith("port ");
}

function judgeMemory(c: Container, w: PodWords): Finding[] {
  const { memoryLimit } = c;
  if (memoryLimit === undefined) return [found("memory-limit", "fact", w.noMemoryLimit)];
  const cause = "resource/killed/memory-limit";
  const text = bytesText(memoryLimit);
  if (c.fromLimits.GOMEMLIMIT) return [found("gomemlimit", "doubtful", w.memoryFromLimits(text), { cause })];
  if (c.hiddenEnvironment && c.environment.GOMEMLIMIT === undefined) return [];
  const limit = parseMemoryLimit(c.environment.GOMEMLIMIT);
  const value = maskText(c.environment.GOMEMLIMIT ?? "");
  if (limit && "malformed" in limit) return [found("gomemlimit", "bad", w.memoryMalformed(value))];
  if (!limit || "off" in limit) return [found("gomemlimit", "doubtful", w.memoryUnset(text), { cause })];
  const part = share(limit.bytes, memoryLimit);
  if (part > 100) return [found("gomemlimit", "bad", w.memoryAbove(value, text), { cause })];
  if (part > 95) return [found("gomemlimit", "doubtful", w.memoryClose(value, part, text), { cause })];
  return [found("gomemlimit", "good", w.memoryGood(value, part, text))];
}

function judgeCpu(c: Container, w: PodWords): Finding[] {
  if (c.cpuLimit === undefined) return [];
  const given = parseProcs(c.environment.GOMAXPROCS);
  const limit = shortNumber(c.cpuLimit);
  if (c.fromLimits.GOMAXPROCS) return [];
  if (given === undefined)
    return c.hiddenEnvironment ? [] : [found("gomaxprocs", "fact", w.procsUnset(limit))];
  if (given > Math.max(1, Math.ceil(c.cpuLimit)))
    return [found("gomaxprocs", "bad", w.procsAbove(given, limit))];
  return [found("gomaxprocs", "good", w.procsGood(given, limit))];
}

/** A core is as large as the memory in use. */
function judgeCores(c: Container, w: PodWords): Finding[] {
  if (c.environment.GOTRACEBACK !== "crash") return [];
  const cause = "build-deploy/symbols/no-core-written";
  if (c.storageLimit !== undefined && c.memoryLimit !== undefined && c.storageLimit < c.memoryLimit)
    return [
      found("core-storage", "doubtful", w.coreStorage(bytesText(c.storageLimit), bytesText(c.memoryLimit)), {
        cause,
      }),
    ];
  if (c.readOnlyRoot && !c.mounts.some((path) => /core|dump/.test(path)))
    return [found("core-storage", "doubtful", w.coreNowhere, { cause })];
  return [];
}
