/** Judges an executable: how it was built, what it needs, and what a crash of it will show. Pure. */

import type { Executable } from "../binary/executable.ts";
import { experiments } from "../binary/go-build.ts";
import { maskText } from "../export/secrets.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { amd64Level } from "./cpu.ts";
import { byLevel, type Finding, found, type ProbeReport } from "./finding.ts";
import { isMusl, type Linked, type Missing, newestOf } from "./libraries.ts";
import { type BinaryWords, binaryWords } from "./messages/binary.ts";
import { bytesText } from "./sizes.ts";

/** What this machine says of the program. Absent: not asked, or another system's program. */
export interface Surroundings {
  readonly linked?: Linked;
  readonly interpreterExists?: boolean;
  /** The file with the symbols, found by build ID or debug link. */
  readonly debugFile?: string;
  readonly cpuinfo?: string;
  readonly arch: string;
  readonly os: string;
}

export function judgeBinary(
  name: string,
  exe: Executable,
  around: Surroundings,
  language: Language,
): ProbeReport {
  const w = binaryWords(language);
  return {
    probe: "binary",
    subject: name,
    facts: facts(exe, w),
    findings: byLevel([
      ...sanitizers(exe, w),
      ...architecture(exe, around, w),
      ...libraries(exe, around, w),
      ...symbols(exe, around, w),
      ...buildSettings(exe, w),
      ...blas(exe, w),
      ...hardening(exe, w),
    ]),
    missing: missing(exe, around, w),
  };
}

function facts(exe: Executable, w: BinaryWords): [string, string][] {
  const f = w.facts;
  const out: [string, string][] = [
    [f.format, `${exe.format} ${exe.arches?.join("+") ?? exe.arch}, ${bytesText(exe.size)}`],
  ];
  const go = exe.go;
  if (go) {
    out.push([f.go, go.goVersion]);
    if (go.main) out.push([f.module, `${go.main.path} ${go.main.version}`.trim()]);
    const revision = go.settings["vcs.revision"];
    if (revision) out.push([f.revision, `${revision.slice(0, 12)} ${go.settings["vcs.time"] ?? ""}`.trim()]);
    const settings = [
      "CGO_ENABLED",
      "GOAMD64",
      "GOARM64",
      "-tags",
      "-ldflags",
      "-gcflags",
      "-buildmode",
      "DefaultGODEBUG",
    ];
    const shown = settings
      .filter((name) => go.settings[name])
      .map((name) => `${name}=${maskText(go.settings[name]!)}`);
    if (shown.length > 0) out.push([f.settings, shown.join(" ")]);
    if (experiments(go).length > 0) out.push([f.experiments, experiments(go).join(" ")]);
  }
  if (exe.buildId) out.push([f.buildId, exe.buildId]);
  if (exe.interpreter) out.push([f.interpreter, exe.interpreter]);
  if (exe.libraries.length > 0) out.push([f.libraries, exe.libraries.join(" ")]);
  const glibc = newestOf(
    exe.versions.map(({ version }) => version),
    "GLIBC_",
  );
  if (glibc) out.push([f.glibc, glibc]);
  return out;
}

function sanitizers({ go }: Executable, w: BinaryWords): Finding[] {
  return ["-race", "-msan", "-asan"]
    .filter((kind) => go?.settings[kind] === "true")
    .map((kind) =>
      found(`build${kind}`, "bad", w.sanitizer(kind), { cause: "build-deploy/toolchain/race-build-shipped" }),
    );
}

function architecture(exe: Executable, around: Surroundings, w: BinaryWords): Finding[] {
  const level = /^v([1-4])/.exec(exe.go?.settings.GOAMD64 ?? "")?.[1];
  if (!level || !around.cpuinfo) return [];
  const here = amd64Level(around.cpuinfo);
  if (!here) return [];
  if (Number(level) > here.level)
    return [
      found("cpu-level", "bad", w.cpuTooOld(level, here.level, here.lacks.join(" ")), {
        cause: "build-deploy/toolchain/cpu-level-too-high",
      }),
    ];
  return [found("cpu-level", "good", w.cpuFits(level, here.level))];
}

function libraries(exe: Executable, around: Surroundings, w: BinaryWords): Finding[] {
  const out: Finding[] = [];
  if (exe.interpreter && around.interpreterExists === false) {
    const musl = isMusl(exe.interpreter);
    out.push(
      found("interpreter", "bad", w.noInterpreter(exe.interpreter, musl), {
        cause: "native/loader/interpreter-missing",
      }),
    );
  }
  if (isMusl(exe.interpreter) && exe.libraries.includes("libc.so.6"))
    out.push(found("libc-mix", "bad", w.libcMix, { cause: "native/loader/interpreter-missing" }));
  const { linked } = around;
  if (!linked) return out;
  out.push(...linked.missing.map((one) => lacking(one, w)));
  if (out.length === 0 && linked.found.length > 0) {
    const lines = linked.found.map(({ name, path }) => `${name} ${path}`);
    out.push(found("libraries", "good", w.librariesFound(linked.found.length), { lines }));
  }
  return out;
}

function lacking(one: Missing, w: BinaryWords): Finding {
  switch (one.kind) {
    case "library":
      return found("library", "bad", w.noLibrary(one.name, one.neededBy), {
        cause: "native/loader/missing-library",
        lines: [w.searched(one.searched.join(" "))],
        data: { name: one.name, neededBy: one.neededBy, searched: one.searched },
      });
    case "architecture":
      return found("library", "bad", w.otherArch(one.path, one.arch), {
        cause: "native/loader/wrong-architecture",
      });
    case "version":
      return found("library-version", "bad", w.noVersion(one.version, one.name, one.neededBy, one.newest), {
        cause: "native/loader/version-too-new",
        data: { name: one.name, version: one.version, newest: one.newest },
      });
  }
}

/** What a traceback, a core and a debugger will have. */
function symbols(exe: Executable, around: Surroundings, w: BinaryWords): Finding[] {
  if (exe.packed) return [found("packed", "doubtful", w.packed, { cause: "build-deploy/symbols/stripped" })];
  const out: Finding[] = [];
  if (exe.dwarf) out.push(found("debug-info", "good", w.dwarf(exe.format === "elf")));
  else if (around.debugFile) out.push(found("debug-info", "good", w.debugFile(around.debugFile)));
  else if (exe.debugLink)
    out.push(
      found("debug-info", "doubtful", w.debugFileLost(exe.debugLink, exe.buildId), {
        cause: "build-deploy/symbols/debug-file-left-behind",
      }),
    );
  else
    out.push(
      found("debug-info", "doubtful", w.noDwarf(exe.symbols), { cause: "build-deploy/symbols/stripped" }),
    );
  if (exe.go || exe.lineTable) {
    const trimmed = exe.go?.settings["-trimpath"] === "true";
    out.push(
      found(
        "traceback",
        "fact",
        w.traceback(trimmed),
        trimmed ? { cause: "build-deploy/symbols/trimmed-paths" } : {},
      ),
    );
  }
  if (exe.format === "elf" && !exe.buildId) out.push(found("build-id", "fact", w.noBuildId));
  return out;
}

function buildSettings({ go, oldGo }: Executable, w: BinaryWords): Finding[] {
  if (oldGo) return [found("go", "doubtful", w.oldGo)];
  if (!go) return [];
  const out: Finding[] = [];
  if (go.settings["vcs.modified"] === "true") out.push(found("vcs", "doubtful", w.modified));
  if (/(?:^|\s)-N\b/.test(go.settings["-gcflags"] ?? ""))
    out.push(found("gcflags", "doubtful", w.unoptimised));
  return out;
}

const NATIVE_BLAS = /^lib(?:openblas|blas|cblas|mkl|blis|atlas|satlas|flexiblas)|Accelerate/;

function blas({ go, libraries: names }: Executable, w: BinaryWords): Finding[] {
  const uses = (path: string) => go?.modules.some((module) => module.path === path) ?? false;
  const native = names.filter((name) => NATIVE_BLAS.test(name));
  if (uses("gonum.org/v1/netlib"))
    return [
      native.length > 0
        ? found("blas", "good", w.blasNative(native.join(" ")))
        : found("blas", "doubtful", w.blasUnlinked, { cause: "build-deploy/toolchain/pure-go-fallback" }),
    ];
  if (native.length > 0) return [found("blas", "good", w.blasNative(native.join(" ")))];
  if (!uses("gonum.org/v1/gonum")) return [];
  return [found("blas", "fact", w.blasGonum, { cause: "build-deploy/toolchain/pure-go-fallback" })];
}

function hardening(exe: Executable, w: BinaryWords): Finding[] {
  return exe.format === "elf" ? [found("hardening", "fact", w.hardening(exe.pie, exe.relro ?? "none"))] : [];
}

function missing(exe: Executable, around: Surroundings, w: BinaryWords): string[] {
  const out: string[] = [];
  if (!exe.go && !exe.oldGo) out.push(exe.packed ? w.packedNoGo : w.notGo);
  if (exe.format !== "elf") out.push(w.otherFormat(exe.format));
  else if (!around.linked && exe.dynamic) out.push(w.otherMachine(exe.arch, around.arch));
  if (exe.go?.settings.CGO_ENABLED === "1" && around.linked) out.push(w.dlopen);
  return out;
}
