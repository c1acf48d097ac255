/** Fetches a program and what this machine, or an unpacked image, has for it. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { elfOf } from "../binary/elf.ts";
import { type Executable, readExecutable } from "../binary/executable.ts";
import { openSource } from "../binary/file-source.ts";
import type { Language } from "../faulttree/diagnosis.ts";
import { judgeBinary, type Surroundings } from "./binary.ts";
import type { ProbeReport } from "./finding.ts";
import { findLibraries } from "./libraries.ts";
import { libraryHost, resolveIn } from "./library-host.ts";
import { binaryWords } from "./messages/binary.ts";
import { ProbeProblem } from "./problem.ts";

const ARCHES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };

/** `root` is `/` or an unpacked image, in which the program's libraries are looked for. Throws a ProbeProblem. */
export function checkBinary(path: string, language: Language, root = "/"): ProbeReport {
  const exe = open(path, language);
  const base = resolve(root).replace(/\/$/, "");
  const whole = resolve(path);
  const program = base !== "" && whole.startsWith(`${base}/`) ? whole.slice(base.length) : whole;
  return judgeBinary(path, exe, surroundings(program, path, exe, root), language);
}

function open(path: string, language: Language): Executable {
  const w = binaryWords(language);
  try {
    const file = openSource(path);
    try {
      if (elfOf(file)?.type === "core") throw new ProbeProblem(w.core(path));
      const exe = readExecutable(file);
      if (!exe) throw new ProbeProblem(w.notProgram(path));
      return exe;
    } finally {
      file.close();
    }
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw new ProbeProblem(w.notFound(path));
    if (code === "EACCES" || code === "EPERM") throw new ProbeProblem(w.denied(path));
    if (code === "EISDIR" || code === "EINVAL") throw new ProbeProblem(w.notRegular(path));
    throw failure;
  }
}

/** `program` is the path inside the root, which `$ORIGIN` is reckoned from; `path` where it lies here. */
function surroundings(program: string, path: string, exe: Executable, root: string): Surroundings {
  const arch = ARCHES[process.arch] ?? process.arch;
  const here = { arch, os: process.platform };
  const debugFile = findDebugFile(path, exe, root);
  const debug = debugFile === undefined ? {} : { debugFile };
  const fits = exe.format === "elf" && (root !== "/" || (process.platform === "linux" && exe.arch === arch));
  const cpuinfo = root === "/" && exe.format === "elf" && exe.arch === arch ? readCpuinfo() : undefined;
  const cpu = cpuinfo === undefined ? {} : { cpuinfo };
  if (!fits) return { ...here, ...debug, ...cpu };
  return {
    ...here,
    ...debug,
    ...cpu,
    ...(exe.dynamic && { linked: findLibraries(exe, program, libraryHost(root, process.env)) }),
    ...(exe.interpreter !== undefined && { interpreterExists: existsSync(resolveIn(root, exe.interpreter)) }),
  };
}

function readCpuinfo(): string | undefined {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return undefined;
  }
}

/** Where gdb and Delve look: by build ID, then by debug link beside the program, in `.debug`, and below /usr/lib/debug. */
function findDebugFile(path: string, exe: Executable, root: string): string | undefined {
  if (exe.dwarf) return undefined;
  const folder = dirname(resolve(path));
  const global = join(root, "usr/lib/debug");
  const id = exe.buildId;
  const places = [
    ...(id && id.length > 2 ? [join(global, ".build-id", id.slice(0, 2), `${id.slice(2)}.debug`)] : []),
    ...(exe.debugLink && exe.debugLink === basename(exe.debugLink)
      ? [
          join(folder, exe.debugLink),
          join(folder, ".debug", exe.debugLink),
          join(global, folder, exe.debugLink),
        ]
      : []),
  ];
  return places.find((place) => holdsDebugInfo(place, id));
}

/** A file of another build does not count. */
function holdsDebugInfo(place: string, id: string | undefined): boolean {
  try {
    const file = openSource(place);
    try {
      const exe = readExecutable(file);
      return exe?.dwarf === true && (id === undefined || exe.buildId === undefined || exe.buildId === id);
    } finally {
      file.close();
    }
  } catch {
    return false;
  }
}
