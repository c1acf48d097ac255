import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "./limits.ts";

const run = promisify(execFile);

/** The Go that builds the scenarios, and what this machine lets it build. */
export interface Toolchain {
  readonly go: string;
  /** `1.26.8`, as `go env GOVERSION` without `go`. */
  readonly version: string;
  /** What it builds for: `linux/amd64`. */
  readonly target: string;
  /** A C compiler is there and cgo is on. */
  readonly cgo: boolean;
  readonly race: boolean;
  readonly asan: boolean;
  /** A program may give itself another root folder: as root, or in a user namespace of its own. */
  readonly chroot: boolean;
  /** The environment of every build: the user's caches, none of the settings that change a program. */
  readonly env: Readonly<Record<string, string>>;
}

/** Pairs from src/internal/platform/supported.go of Go 1.26. */
const RACE = new Set([
  "linux/amd64",
  "linux/arm64",
  "linux/loong64",
  "linux/ppc64le",
  "linux/riscv64",
  "linux/s390x",
  "darwin/amd64",
  "darwin/arm64",
  "freebsd/amd64",
  "netbsd/amd64",
]);
const ASAN = new Set(["linux/amd64", "linux/arm64", "linux/loong64", "linux/ppc64le", "linux/riscv64"]);

/** Set outside, each of these would make a scenario crash otherwise than its folder says. */
const CHANGES_PROGRAMS =
  /^(GODEBUG|GOTRACEBACK|GOMAXPROCS|GOGC|GOMEMLIMIT|GORACE|GOFLAGS|GOWORK|GOEXPERIMENT|GOAMD64|GOARM64|GOOS|GOARCH|CGO_\w+|\w+_OPTIONS|LD_PRELOAD|MALLOC_\w+|GLIBC_TUNABLES)$/;

/** The environment without what changes how a Go program is built or fails. */
export function cleanEnvironment(outside: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(outside)) {
    if (value !== undefined && !CHANGES_PROGRAMS.test(name)) kept[name] = value;
  }
  return { ...kept, GOWORK: "off", GOFLAGS: "", LC_ALL: "C" };
}

/**
 * Asks the Go command what it can do. Rejects with a sentence that names the missing tool when there is no
 * such command.
 */
export async function findToolchain(goBinary = "go"): Promise<Toolchain> {
  const go = goBinary.includes("/") ? goBinary : findProgram(goBinary);
  if (go === undefined) {
    throw new Error(
      "go is not installed, or not in PATH: scenarios are built with it. See https://go.dev/dl/.",
    );
  }
  const clean = cleanEnvironment(process.env);
  const names = ["GOVERSION", "GOOS", "GOARCH", "CC", "CGO_ENABLED", "GOCACHE", "GOMODCACHE", "GOROOT"];
  const { stdout } = await run(go, ["env", "-json", ...names], { env: clean }).catch((error: Error) => {
    throw new Error(`${go} env failed: ${error.message.split("\n")[0]}`);
  });
  const known = JSON.parse(stdout) as Record<string, string>;
  const compiler = (known.CC ?? "").split(" ")[0] || "gcc";
  const cgo = known.CGO_ENABLED === "1" && (compiler.includes("/") || findProgram(compiler) !== undefined);
  const target = `${known.GOOS}/${known.GOARCH}`;
  return {
    go,
    version: (known.GOVERSION ?? "").replace(/^go/, ""),
    target,
    cgo,
    race: cgo && RACE.has(target),
    asan: cgo && ASAN.has(target),
    chroot: await canChroot(),
    env: { ...clean, GOCACHE: known.GOCACHE ?? "", GOMODCACHE: known.GOMODCACHE ?? "" },
  };
}

async function canChroot(): Promise<boolean> {
  const asRoot = process.getuid?.() === 0 ? [] : ["unshare", "--user", "--map-root-user"];
  const [program = "", ...args] = [...asRoot, "chroot", "/", "true"];
  return run(program, args).then(
    () => true,
    () => false,
  );
}

/**
 * What a scenario's program sees: where tools and Go's caches are, a home and a temporary folder of its own,
 * and what the scenario sets.
 */
export function programEnvironment(
  toolchain: Toolchain,
  folder: string,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const path = `${dirname(toolchain.go)}:${toolchain.env.PATH ?? "/usr/local/bin:/usr/bin:/bin"}`;
  return {
    PATH: path,
    HOME: folder,
    TMPDIR: folder,
    LC_ALL: "C",
    GOCACHE: toolchain.env.GOCACHE ?? "",
    GOMODCACHE: toolchain.env.GOMODCACHE ?? "",
    ...own,
  };
}
