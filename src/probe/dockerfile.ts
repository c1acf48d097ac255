/** Judges a Dockerfile of a Go service: what the image will lack when something goes wrong. Pure. */

import { maskText } from "../export/secrets.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { applyEdits, type Edit } from "./dockerfile-edits.ts";
import {
  allSteps,
  type Copied,
  copies,
  type GoBuild,
  goBuilds,
  type Model,
  packagesOf,
  readDockerfile,
  type Stage,
  type Step,
  shellText,
} from "./dockerfile-model.ts";
import { type Finding, found, type ProbeReport } from "./finding.ts";
import { parseGodebug } from "./go-environment.ts";
import { type DockerfileWords, dockerfileWords } from "./messages/dockerfile.ts";
import { judgeGcTrace, judgeGodebug, judgeTraceback } from "./runtime-settings.ts";

export interface DockerfileReport extends ProbeReport {
  /** The file with all that can be mended mended; absent where there is nothing. */
  readonly mended?: string;
}

/** What the rules look at together. */
interface Case {
  readonly model: Model;
  readonly final: Stage;
  /** What the final stage runs or copies was built by these. */
  readonly builds: readonly { readonly stage: Stage; readonly build: GoBuild }[];
  readonly copied: readonly Copied[];
  readonly w: DockerfileWords;
  readonly language: Language;
  readonly edits: Edit[];
}

export function judgeDockerfile(name: string, text: string, language: Language): DockerfileReport {
  const w = dockerfileWords(language);
  const model = readDockerfile(text);
  const { final } = model;
  const report = { probe: "dockerfile", subject: name } as const;
  if (!final) return { ...report, facts: [], findings: [], missing: [w.noStage] };
  const copied = copies(final, model.stages);
  const sources = new Set([final, ...reachable(copied, model.stages)]);
  const builds = [...sources].flatMap((stage) => goBuilds(stage).map((build) => ({ stage, build })));
  const c: Case = { model, final, builds, copied, w, language, edits: [] };
  const findings = [
    ...libc(c),
    ...nativeLibraries(c),
    ...cgoOff(c),
    ...symbols(c),
    ...sanitizers(c),
    ...certificates(c),
    ...timeZones(c),
    ...temporary(c),
    ...settings(c),
    ...cores(c),
    ...start(c),
    ...health(c),
  ];
  const mended = c.edits.length > 0 ? applyEdits(text, c.edits) : undefined;
  return {
    ...report,
    facts: [
      [w.facts.stages, model.stages.map((s) => s.name ?? s.image).join(" → ")],
      [w.facts.final, `${maskText(final.image)} (${w.families[final.family]})`],
    ],
    findings: findings.sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0)),
    missing: builds.length === 0 ? [w.noBuild] : [],
    ...(mended !== undefined && mended !== text && { mended }),
  };
}

/** Stages that what the final one copies comes from, over copies of copies. */
function reachable(copied: readonly Copied[], stages: readonly Stage[], seen = new Set<Stage>()): Set<Stage> {
  for (const { stage } of copied) {
    if (!stage || seen.has(stage)) continue;
    seen.add(stage);
    reachable(copies(stage, stages), stages, seen);
  }
  return seen;
}

/** The end of the stage's own lines, where a line can be added before ENTRYPOINT. */
function insertBeforeStart(c: Case, line: string): void {
  const { final, model } = c;
  const before = final.steps.find(({ keyword }) => /^(?:USER|ENTRYPOINT|CMD|HEALTHCHECK)$/.test(keyword));
  const after = final.steps.at(-1) ?? final.from;
  if (before) c.edits.push({ from: before.offset, to: before.offset, text: `${line}\n` });
  else {
    const end = after.offset + after.text.length;
    c.edits.push({ from: end, to: end, text: `${model.text[end - 1] === "\n" ? "" : "\n"}${line}` });
  }
}

function libc(c: Case): Finding[] {
  const { final, w } = c;
  const has = final.family;
  return c.builds.flatMap(({ stage, build }): Finding[] => {
    const needs = stage.family;
    if (build.static || build.cgo === "off" || stage === final || has === "unknown" || needs === has)
      return [];
    if (needs !== "glibc" && needs !== "musl") return [];
    // golang:alpine has no C compiler: cgo is off unless one is installed. Since Go 1.20.
    if (needs === "musl" && build.cgo === "default" && !hasCompiler(stage)) return [];
    const native = build.cgo === "on";
    // Where C is meant to be used, taking it out would break the build.
    if (!native && needs === "glibc" && !wantsC(stage, build)) {
      const at = build.step.offset + build.step.text.search(/\bgo\s+(?:build|install)\b/);
      if (at >= build.step.offset) c.edits.push({ from: at, to: at, text: "CGO_ENABLED=0 " });
    }
    const words = w.libcMix(w.families[needs], w.families[has], native);
    return [
      found("libc-mix", native ? "bad" : "doubtful", words, {
        place: build.step.place,
        cause: "native/loader/interpreter-missing",
      }),
    ];
  });
}

function hasCompiler(stage: Stage): boolean {
  const packages = packagesOf(stage);
  return ["gcc", "g++", "clang", "build-base", "build-essential"].some((name) => packages.has(name));
}

/** Development packages that bring no library the program will ask for. */
const NO_LIBRARY = /^(?:libc6?|libc6|musl|linux-libc|linux-headers|libstdc\+\+.*|libgcc.*)-dev$/;

function nativeLibraries(c: Case): Finding[] {
  const { final, w, copied } = c;
  const out: Finding[] = [];
  const runtime = [...packagesOf(final)];
  const copiesLibraries = copied.some(({ sources }) =>
    sources.some((source) => /\.so\b|\/lib(?:64)?(?:\/|$)/.test(source)),
  );
  const stages = new Set(
    c.builds.filter(({ build, stage }) => build.cgo !== "off" && stage !== final).map(({ stage }) => stage),
  );
  for (const stage of stages) {
    for (const name of packagesOf(stage)) {
      if (!/-(?:dev|devel)$/.test(name) || NO_LIBRARY.test(name)) continue;
      const stem = name.replace(/-(?:dev|devel)$/, "").replace(/[\d.]+$/, "");
      if (copiesLibraries || runtime.some((other) => other.startsWith(stem))) continue;
      const step =
        allSteps(stage).find((s) => s.keyword === "RUN" && shellText(s).includes(name)) ?? stage.from;
      const gone = final.family === "scratch" || final.family === "static";
      out.push(
        found("native-library", gone ? "bad" : "doubtful", w.noRuntimeLibrary(name, stem), {
          place: step.place,
          cause: "native/loader/missing-library",
        }),
      );
    }
  }
  return out;
}

const NEEDS_CGO = /(?:openblas|blas|lapack|cuda|cudnn|onnxruntime|mkl|llama|ggml|sqlite)/i;

/** The package or build tag that shows that C is meant to be used. */
function wantsC(stage: Stage, build: GoBuild): string | undefined {
  return (
    [...packagesOf(stage)].find((name) => NEEDS_CGO.test(name)) ??
    NEEDS_CGO.exec(build.tags)?.[0] ??
    /\b(?:cgo|netlib)\b/.exec(build.tags)?.[0]
  );
}

function cgoOff(c: Case): Finding[] {
  return c.builds.flatMap(({ stage, build }): Finding[] => {
    if (build.cgo !== "off") return [];
    const what = wantsC(stage, build);
    if (what === undefined) return [];
    return [
      found("cgo-off", "bad", c.w.cgoOff(what), {
        place: build.step.place,
        cause: "build-deploy/toolchain/pure-go-fallback",
      }),
    ];
  });
}

function symbols(c: Case): Finding[] {
  const { w, model } = c;
  const everything = model.stages
    .flatMap((stage) => stage.steps.filter((s) => s.keyword === "RUN").map(shellText))
    .join("\n");
  const kept = /--only-keep-debug|dsymutil/.test(everything);
  const out: Finding[] = [];
  for (const { build } of c.builds) {
    if (!build.stripped) continue;
    removeStripFlags(c, build.step);
    out.push(
      found("stripped", "doubtful", w.stripped("-s -w"), {
        place: build.step.place,
        cause: "build-deploy/symbols/stripped",
      }),
    );
  }
  for (const stage of new Set([...c.builds.map(({ stage }) => stage), c.final])) {
    for (const step of stage.steps) {
      const tool =
        step.keyword === "RUN"
          ? /(?:^|[;&|]\s*|\s)(strip|upx)\s+[^;&|]*/.exec(shellText(step))?.[1]
          : undefined;
      if (tool === undefined || kept) continue;
      out.push(
        found("stripped", "doubtful", w.stripped(tool), {
          place: step.place,
          cause: "build-deploy/symbols/stripped",
        }),
      );
    }
  }
  const objcopy =
    kept &&
    !c.model.stages.some((stage) =>
      copies(stage, model.stages).some(({ sources }) => sources.some((s) => /debug/.test(s))),
    );
  if (objcopy)
    out.push(
      found("debug-lost", "doubtful", w.debugFileLost, {
        place: c.final.from.place,
        cause: "build-deploy/symbols/debug-file-left-behind",
      }),
    );
  return out;
}

/** `-ldflags="-s -w -X a=b"` keeps what is not -s or -w; where nothing is left the flag goes. */
function removeStripFlags(c: Case, step: Step): void {
  for (const match of step.text.matchAll(/[ \t]-ldflags[= ]("[^"]*"|'[^']*'|[^\s"']+)/g)) {
    const value = match[1]!;
    const quote = /^["']/.test(value) ? value[0]! : "";
    const rest = (quote ? value.slice(1, -1) : value)
      .split(/\s+/)
      .filter((word) => word !== "-s" && word !== "-w")
      .join(" ");
    const from = step.offset + match.index;
    const to = from + match[0].length;
    c.edits.push({ from, to, text: rest.trim() === "" ? "" : ` -ldflags=${quote}${rest.trim()}${quote}` });
  }
}

function sanitizers({ builds, w }: Case): Finding[] {
  return builds
    .filter(({ build }) => build.race)
    .map(({ build }) =>
      found("race", "bad", w.race, {
        place: build.step.place,
        cause: "build-deploy/toolchain/race-build-shipped",
      }),
    );
}

/** A stage the final one copies its program from. */
function builder(c: Case): string | undefined {
  const stage = c.builds.find((b) => b.stage !== c.final)?.stage;
  return stage && (stage.name ?? String(stage.index));
}

function certificates(c: Case): Finding[] {
  const { final, w } = c;
  const slim =
    /slim|ubuntu|debian/.test(rootImage(final)) &&
    final.family === "glibc" &&
    !/distroless/.test(rootImage(final));
  if (final.family !== "scratch" && !slim) return [];
  const there =
    packagesOf(final).has("ca-certificates") ||
    allSteps(final).some(
      ({ keyword, text }) =>
        /^(?:COPY|ADD)$/.test(keyword) &&
        /ca-certificates|ca-bundle|\/etc\/ssl|\/etc\/pki|cacert|certs/.test(text),
    );
  if (there) return [];
  const from = builder(c);
  if (from !== undefined)
    insertBeforeStart(
      c,
      `COPY --from=${from} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt`,
    );
  return [
    found("certificates", "doubtful", w.noCertificates(final.image), {
      place: final.from.place,
      cause: "build-deploy/image/no-ca-certificates",
    }),
  ];
}

function timeZones(c: Case): Finding[] {
  const { final, w } = c;
  const bare = final.family === "scratch" || final.family === "musl" || /slim|ubuntu/.test(rootImage(final));
  if (!bare || c.builds.length === 0) return [];
  const there =
    packagesOf(final).has("tzdata") ||
    final.environment.ZONEINFO !== undefined ||
    c.builds.every(({ build }) => build.tags.includes("timetzdata")) ||
    allSteps(final).some(({ keyword, text }) => /^(?:COPY|ADD)$/.test(keyword) && /zoneinfo/.test(text)) ||
    // A Go image as the last stage has Go's own copy.
    /(?:^|\/)golang[:@]?/.test(rootImage(final));
  if (there) return [];
  const from = builder(c);
  const golang = c.builds.find(
    (b) => b.stage !== final && /(?:^|\/)golang(?:[:@]|$)/.test(rootImage(b.stage)),
  );
  if (from !== undefined && golang) {
    insertBeforeStart(
      c,
      `COPY --from=${from} /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip\nENV ZONEINFO=/zoneinfo.zip`,
    );
  }
  return [
    found("time-zones", "doubtful", w.noTimeZones(final.image), {
      place: final.from.place,
      cause: "build-deploy/image/no-time-zones",
    }),
  ];
}

function rootImage(stage: Stage): string {
  return stage.base ? rootImage(stage.base) : stage.image;
}

function temporary({ final, copied, w }: Case): Finding[] {
  if (final.family !== "scratch" || copied.some(({ target }) => /^\/tmp\/?$/.test(target))) return [];
  return [
    found("temporary", "fact", w.noTemporary, {
      place: final.from.place,
      cause: "build-deploy/image/no-temp-folder",
    }),
  ];
}

function settings(c: Case): Finding[] {
  if (
    c.builds.length === 0 &&
    c.final.environment.GODEBUG === undefined &&
    c.final.environment.GOTRACEBACK === undefined
  )
    return [];
  const env = c.final.environment;
  const placed = (finding: Finding, name: string): Finding => ({
    ...finding,
    place: envStep(c.final, name)?.place ?? c.final.from.place,
  });
  const trace = judgeGcTrace(env, c.language);
  if (trace.level === "bad") removeGctrace(c);
  const traceback = judgeTraceback(env, c.language);
  if (env.GOTRACEBACK === undefined && c.builds.length > 0) insertBeforeStart(c, "ENV GOTRACEBACK=all");
  return [
    placed(trace, "GODEBUG"),
    ...judgeGodebug(env, c.language).map((finding) => placed(finding, "GODEBUG")),
    placed(traceback, "GOTRACEBACK"),
  ];
}

function envStep(stage: Stage, name: string): Step | undefined {
  return allSteps(stage).findLast(
    ({ keyword, text }) => keyword === "ENV" && new RegExp(`\\b${name}\\b`).test(text),
  );
}

/** Takes gctrace out of GODEBUG; where nothing else was in it, and the line sets nothing else, the line goes. */
function removeGctrace(c: Case): void {
  const step = envStep(c.final, "GODEBUG");
  const match = step && /^(\s*ENV\s+GODEBUG[= ])(["']?)([^"'\s]*)\2[ \t]*$/i.exec(step.text);
  if (!step || !match) return;
  const rest = [...parseGodebug(match[3])]
    .filter(([name]) => name !== "gctrace")
    .map(([name, value]) => `${name}=${value}`);
  const end = step.offset + step.text.length;
  const lineEnd = c.model.text[end] === "\n" ? end + 1 : end;
  c.edits.push(
    rest.length > 0
      ? { from: step.offset, to: end, text: `${match[1]}${match[2]}${rest.join(",")}${match[2]}` }
      : { from: step.offset, to: lineEnd, text: "" },
  );
}

function cores(c: Case): Finding[] {
  const { final, w } = c;
  const out: Finding[] = [];
  const setcap = allSteps(final).find((step) => step.keyword === "RUN" && /\bsetcap\b/.test(shellText(step)));
  const cause = "build-deploy/symbols/no-core-written";
  if (setcap) out.push(found("setcap", "doubtful", w.setcap, { place: setcap.place, cause }));
  const user = allSteps(final).findLast(({ keyword }) => keyword === "USER");
  const folder =
    allSteps(final)
      .findLast(({ keyword }) => keyword === "WORKDIR")
      ?.text.split(/\s+/)[1] ?? "/";
  const root = !user || /^USER\s+(?:root|0)(?::|\s|$)/i.test(user.text);
  const owned =
    allSteps(final).some((step) => /--chown|chown|-m 1?777/.test(step.text)) ||
    allSteps(final).some(({ keyword }) => keyword === "VOLUME");
  if (final.environment.GOTRACEBACK === "crash" && !root && !owned)
    out.push(found("core-folder", "doubtful", w.coreFolder(folder), { place: user.place, cause }));
  return out;
}

function start(c: Case): Finding[] {
  const { final, w } = c;
  const steps = allSteps(final);
  const entry =
    steps.findLast(({ keyword }) => keyword === "ENTRYPOINT") ??
    steps.findLast(({ keyword }) => keyword === "CMD");
  const out: Finding[] = [];
  const cause = "resource/killed/sigterm-not-handled";
  const signal = steps.findLast(({ keyword }) => keyword === "STOPSIGNAL");
  if (signal && /\b(?:SIG)?KILL\b|\s9\s*$/i.test(signal.text))
    out.push(found("stop-signal", "bad", w.stopKill, { place: signal.place, cause }));
  if (!entry) return out;
  const words = entry.list ?? [];
  if (words[0] === "go" && words[1] === "run")
    out.push(found("go-run", "bad", w.goRun, { place: entry.place, cause }));
  const wrapped =
    /^(?:.*\/)?(?:ba|da|a)?sh$/.test(words[0] ?? "") &&
    words[1] === "-c" &&
    !/^\s*exec\s/.test(words[2] ?? "");
  const text = entry.text.replace(/^\s*\w+\s+/, "").trim();
  if (entry.list ? !wrapped : /^exec\s/.test(text)) return out;
  if (final.family === "scratch" || final.family === "static") {
    out.push(
      found("shell-form", "bad", w.noShell(entry.keyword), {
        place: entry.place,
        cause: "native/loader/program-not-found",
      }),
    );
  } else out.push(found("shell-form", "bad", w.shellForm(entry.keyword), { place: entry.place, cause }));
  // Only what a shell would not have to read can become a list.
  if (!entry.list && /^[\w./:=@%+,-]+(?: +[\w./:=@%+,-]+)*$/.test(text)) {
    const list = JSON.stringify(text.split(/ +/)).replaceAll('","', '", "');
    c.edits.push({
      from: entry.offset,
      to: entry.offset + entry.text.length,
      text: `${entry.keyword} ${list}`,
    });
  }
  return out;
}

/** Docker's defaults: 30 s interval, 30 s timeout, no start period, 3 retries. */
function health(c: Case): Finding[] {
  const { final, w } = c;
  const step = allSteps(final).findLast(({ keyword }) => keyword === "HEALTHCHECK");
  if (!step || /^\s*HEALTHCHECK\s+NONE/i.test(step.text)) return [];
  const out: Finding[] = [];
  const more = { place: step.place, cause: "resource/killed/liveness-probe" };
  const text = step.text.replace(/[\\`]\r?\n/g, " ");
  if (/\b(?:kill|pkill|killall)\b/.test(text)) out.push(found("health-kills", "bad", w.healthKills, more));
  const tool = /\b(curl|wget|nc|sh|bash)\b/.exec(text.replace(/^.*?\bCMD\b/i, ""))?.[1];
  const shellForm = !/\bCMD\s*\[/i.test(text);
  if ((final.family === "scratch" || final.family === "static") && (tool || shellForm))
    out.push(found("health-tool", "bad", w.healthTool(tool ?? "sh"), more));
  else if (tool === "curl" && /slim|alpine|ubuntu/.test(rootImage(final)) && !packagesOf(final).has("curl"))
    out.push(found("health-tool", "doubtful", w.healthTool(tool), more));
  const timeout = seconds(step.flags.timeout) ?? 30;
  const retries = Number(step.flags.retries ?? 3);
  const grace = (seconds(step.flags["start-period"]) ?? 0) + (seconds(step.flags.interval) ?? 30) * retries;
  if (timeout < 3 || retries < 2)
    out.push(found("health-tight", "doubtful", w.healthTight(timeout, retries), more));
  if (grace < 30) out.push(found("health-start", "doubtful", w.healthStart(grace), more));
  return out;
}

/** `1m30s`, `500ms`. */
function seconds(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  return parts.length > 0
    ? parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0)
    : undefined;
}
