/** The configuration that `go build` has here: which files it takes. Read from the environment; nothing is run. */
import type { BuildContext } from "../golint/index.ts";

/** Release assumed for build tags and outside of modules. */
const NEWEST_MINOR = 27;

const ARCHES: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
  arm: "arm",
  arm64: "arm64",
  ppc64: "ppc64le",
  s390x: "s390x",
  riscv64: "riscv64",
  loong64: "loong64",
};

/** GOOS, GOARCH, CGO_ENABLED and, where no `tags` are given, those of GOFLAGS. */
export function activeConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  tags: readonly string[] | undefined,
): BuildContext {
  const flagged = /(?:^|\s)'?-tags=([^\s']+)/.exec(env.GOFLAGS ?? "")?.[1];
  return {
    goos: env.GOOS || hostSystem(),
    goarch: env.GOARCH || (ARCHES[process.arch] ?? process.arch),
    cgo: env.CGO_ENABLED !== "0",
    tags: tags ?? tagsIn(flagged ?? ""),
    minor: NEWEST_MINOR,
  };
}

function hostSystem(): string {
  if (process.platform === "win32") return "windows";
  return process.platform === "sunos" ? "solaris" : process.platform;
}

/** The tags of a list as `-tags` takes it: separated by commas or blanks. */
export function tagsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((tag) => tag !== "");
}
