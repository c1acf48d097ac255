/**
 * A twin of a stripped binary: the same source, flags and toolchain, with debug information. Delve reads the stripped
 * program's core through it, because code, function table and data lie where they lay.
 *
 * `-s` and `-w` are replaced by a flag of the same length that changes nothing, so that the build information, which
 * holds the flags and lies before the data, keeps its length and everything behind it its address.
 */
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import type { ElfSection } from "../binary/elf.ts";
import type { GoBuild } from "../binary/go-build.ts";
import { type OpenBinary, openBinary } from "./core-file.ts";
import { DelveProblem } from "./problem.ts";
import { splitQuoted } from "./quoted.ts";
import { sectionHash } from "./section-hash.ts";

export interface TwinOptions {
  /** Folder of the module, at the revision the binary was built from. */
  readonly source: string;
  /** Where the twin is to lie. */
  readonly output: string;
  /** The `go` command; default: from PATH. */
  readonly go?: string;
  /** Let Go download the toolchain the binary names, where another is installed. */
  readonly download?: boolean;
  readonly signal?: AbortSignal;
}

export interface Twin {
  readonly path: string;
  /** Whether the machine code is the same byte for byte; else it differs in references to moved data at most. */
  readonly sameCode: boolean;
}

export interface TwinPlan {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** `go1.26.8` */
  readonly toolchain: string;
}

const BUILD_TIMEOUT_MS = 600_000;

/** Whether Delve can show variables and goroutines with this binary alone. */
export function needsTwin({ binary }: OpenBinary): boolean {
  return binary.build !== undefined && !binary.hasDwarf;
}

/**
 * Builds a twin and accepts it only when its function table is byte for byte the same and every section lies where it
 * lay. Throws a DelveProblem otherwise, and leaves no file then.
 */
export async function buildTwin(original: OpenBinary, options: TwinOptions): Promise<Twin> {
  const { build } = original.binary;
  if (!build) throw new DelveProblem("twinNotGo", original.path);
  const plan = planTwin(build, original.path);
  try {
    await goBuild(plan, options);
    const twin = openBinary(options.output);
    try {
      return { path: options.output, ...compareTwin(original, twin) };
    } finally {
      twin.source.close();
    }
  } catch (failure) {
    await rm(options.output, { force: true });
    throw failure;
  }
}

/** Flags of `go build` that the build information names and that a twin needs. Whatever else it names is refused. */
const FLAGS = new Set([
  "-tags",
  "-gcflags",
  "-asmflags",
  "-trimpath",
  "-buildmode",
  "-race",
  "-msan",
  "-asan",
  "-cover",
  "-covermode",
]);
/** Made by the other settings, or nothing that is passed on. */
const NOT_PASSED = new Set(["-compiler", "-ldflags", "DefaultGODEBUG"]);
/** Environment: the platform, and flags for the C compiler. */
const ENVIRONMENT =
  /^(?:CGO_ENABLED|GOOS|GOARCH|GO(?:AMD64|ARM64|ARM|386|PPC64|RISCV64|MIPS|MIPS64|WASM)|GOEXPERIMENT|GOFIPS140)$/;

/**
 * How a twin is built. The build information is that of a file somebody gave us: only what cannot run a program is
 * taken over. Throws a DelveProblem for the rest.
 */
export function planTwin(build: GoBuild, binary: string): TwinPlan {
  const args: string[] = [];
  const env: Record<string, string> = { GOFLAGS: "", GOWORK: "off" };
  for (const [key, value] of Object.entries(build.settings)) {
    if (key.startsWith("vcs") || NOT_PASSED.has(key)) continue;
    if (key.startsWith("CGO_") && key !== "CGO_ENABLED") env[key] = harmlessC(key, value, binary);
    else if (ENVIRONMENT.test(key)) env[key] = value;
    else if (key === "-pgo") args.push("-pgo=auto");
    else if (FLAGS.has(key) && !/-(?:toolexec|importcfg|embedcfg)/.test(value)) args.push(`${key}=${value}`);
    else throw new DelveProblem("twinFlagRefused", binary, `${key}=${value}`);
  }
  const ldflags = build.settings["-ldflags"];
  if (ldflags !== undefined) args.push(`-ldflags=${withDebugInfo(ldflags, binary)}`);
  if (build.settings.vcs === undefined) args.push("-buildvcs=false");
  return { args, env, toolchain: build.goVersion };
}

/** Of the same length as `-s` and `-w`; tells the linker not to compare versions, which are equal anyway. */
const NEUTRAL = "-f";

/** The recorded flags with each word that strips replaced. Refuses those that name a program to run. */
export function withDebugInfo(ldflags: string, binary: string): string {
  const words = splitQuoted(ldflags);
  if (!words) throw new DelveProblem("twinFlagRefused", binary, `-ldflags=${ldflags}`);
  const refused = words.find((word, index) => {
    if (/^--?extldflags(?:=|$)/.test(word)) {
      const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : (words[index + 1] ?? "");
      return !value.split(/\s+/).every((each) => HARMLESS_LINKER_FLAG.test(each));
    }
    return /^--?(?:extld|extar|tmpdir|o|importcfg|installsuffix|cpuprofile|memprofile|capturehostobjs|L|I|r|k|H|buildmode|plugin\w*)(?:=|$)/.test(
      word,
    );
  });
  if (refused !== undefined) throw new DelveProblem("twinFlagRefused", binary, `-ldflags=${refused}`);
  // Only words that stand alone: `-X main.x=-s` stays what it is.
  return ldflags.replace(
    /(^|\s)--?[sw](?==(?:1|t|T|true|TRUE|True)(?:\s|$)|\s|$)/g,
    (whole, before: string) => before + NEUTRAL.padStart(whole.length - before.length, "-"),
  );
}

const HARMLESS_LINKER_FLAG =
  /^(?:|-static|-static-pie|-s|-w|-g|-pthread|-l[\w.+-]+|-Wl,-z,[\w-]+|-Wl,--(?:as-needed|no-as-needed|gc-sections|build-id(?:=\w+)?))$/;
const HARMLESS_C_FLAG =
  /^(?:-O[0-3sg]?|-g\d?|-f(?:no-)?(?:stack-protector(?:-strong|-all)?|omit-frame-pointer|PIC|pic)|-W[\w=-]+|-D\w+(?:=[\w.]*)?|-std=[\w+]+|-pthread|-l[\w.+-]+|-m(?:arch|tune)=[\w.+-]+|-march=native|[-]I[\w./+-]+|-L[\w./+-]+)$/;

function harmlessC(key: string, value: string, binary: string): string {
  const words = splitQuoted(value);
  if (words?.every((word) => HARMLESS_C_FLAG.test(word))) return value;
  throw new DelveProblem("twinFlagRefused", binary, `${key}=${value}`);
}

function goBuild(
  plan: TwinPlan,
  { source, output, go = "go", download, signal }: TwinOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Without leave to download, Go says which toolchain it would have needed.
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...plan.env,
      GOTOOLCHAIN: download ? plan.toolchain : "local",
    };
    const options = {
      cwd: source,
      env,
      timeout: BUILD_TIMEOUT_MS,
      maxBuffer: 16 << 20,
      ...(signal && { signal }),
    };
    execFile(go, ["version"], { cwd: source, env, timeout: 60_000 }, (failure, version) => {
      if (failure && (failure as NodeJS.ErrnoException).code === "ENOENT")
        return reject(new DelveProblem("twinGoMissing", plan.toolchain));
      const installed = /go version (?:devel )?(go\S+)/.exec(version ?? "")?.[1];
      if (failure || installed !== plan.toolchain)
        return reject(new DelveProblem("twinToolchain", plan.toolchain, installed ?? "?"));
      execFile(go, ["build", ...plan.args, "-o", output, "."], options, (failed, _out, stderr) => {
        if (!failed) return resolve();
        if (failed.name === "AbortError") return reject(new DelveProblem("cancelled", "go build"));
        reject(
          new DelveProblem(
            "twinNotBuilt",
            source,
            stderr.trim().split("\n").slice(0, 4).join("\n") || failed.message,
          ),
        );
      });
    });
  });
}

const ALLOCATED = 2;

/** Throws a DelveProblem when Delve would be misled by the twin. */
export function compareTwin(original: OpenBinary, twin: OpenBinary): { readonly sameCode: boolean } {
  const [a, b] = [original.binary.pclntab, twin.binary.pclntab];
  const table = a && sectionHash(original.source, a);
  if (!a || !b || table === undefined || table !== sectionHash(twin.source, b))
    throw new DelveProblem("twinOtherSource", original.path);
  if (!twin.binary.hasDwarf) throw new DelveProblem("twinNoDwarf", twin.path);
  const sections = new Map(twin.binary.elf.sections.map((each) => [each.name, each]));
  const moved = original.binary.elf.sections.filter(
    (each) => inMemory(each, original) && !sameplace(each, sections.get(each.name)),
  );
  if (moved.length > 0)
    throw new DelveProblem(
      "twinMoved",
      original.path,
      moved.map(({ name }) => name),
    );
  const code = (open: OpenBinary) => {
    const text = open.binary.elf.sections.find(({ name }) => name === ".text");
    return text && sectionHash(open.source, text);
  };
  return { sameCode: code(original) === code(twin) };
}

/** In a Windows program debug information is loaded as well, and moves what stands behind it, which Go does not use. */
const OF_GO = [".text", ".rdata", ".data", ".pdata", ".xdata"];

function inMemory({ flags, name }: ElfSection, { binary }: OpenBinary): boolean {
  if (binary.elf.format === "pe") return OF_GO.includes(name);
  return (flags & ALLOCATED) !== 0 && name !== "";
}

function sameplace(a: ElfSection, b: ElfSection | undefined): boolean {
  return b !== undefined && a.address === b.address && a.size === b.size;
}
