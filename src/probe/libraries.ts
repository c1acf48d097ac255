/**
 * Finds the libraries a program needs, as its loader would. Pure: the machine is asked through `LibraryHost`.
 * Sources: ld.so(8), glibc's elf/dl-load.c; musl's ldso/dynlink.c.
 */
import type { Executable } from "../binary/executable.ts";

export interface LibraryHost {
  /** Header and dynamic section of a file; undefined where there is none or it is no ELF. */
  readonly open: (path: string) => LoadedFile | undefined;
  readonly readText: (path: string) => string | undefined;
  /** Names in a folder that end so; for `include /etc/ld.so.conf.d/*.conf`. */
  readonly list: (folder: string, ending: string) => readonly string[];
  readonly libraryPath: readonly string[];
}

export type LoadedFile = Pick<Executable, "arch" | "dynamic" | "versions"> & {
  readonly defines: readonly string[];
};

export type Missing =
  | {
      readonly kind: "library";
      readonly name: string;
      readonly neededBy: string;
      readonly searched: readonly string[];
    }
  | { readonly kind: "architecture"; readonly name: string; readonly path: string; readonly arch: string }
  | {
      readonly kind: "version";
      readonly name: string;
      readonly version: string;
      readonly neededBy: string;
      readonly newest: string;
    };

export interface Linked {
  readonly found: readonly { readonly name: string; readonly path: string }[];
  readonly missing: readonly Missing[];
}

/** What no folder holds: the kernel gives it. */
const VIRTUAL = /^linux-(?:vdso|gate)\.so\.1$/;
const MOST_FILES = 500;

interface Waiting {
  readonly name: string;
  readonly by: string;
  readonly folder: string;
  /** RPATH is handed down to the libraries of a library; RUNPATH is not. */
  readonly paths: readonly string[];
  readonly own: readonly string[];
}

/** Follows the libraries of libraries too. `path` is where the program is: `$ORIGIN` stands for its folder. */
export function findLibraries(program: Executable, path: string, host: LibraryHost): Linked {
  const musl = isMusl(program.interpreter);
  const defaults = musl ? muslFolders(program.arch, host) : glibcFolders(program, host);
  const loaded = new Map<string, { path: string; file: LoadedFile }>();
  const missing: Missing[] = [];
  const queue: Waiting[] = waiting(program, path, []);
  const users: { by: string; file: Pick<Executable, "versions"> }[] = [{ by: nameOf(path), file: program }];
  const seen = new Set<string>();
  for (let next = queue.shift(); next && seen.size < MOST_FILES; next = queue.shift()) {
    if (seen.has(next.name) || VIRTUAL.test(next.name) || (musl && isMuslLibc(next.name))) continue;
    seen.add(next.name);
    const at = search(next, program.arch, defaults, host);
    if ("missing" in at) {
      missing.push(at.missing);
      continue;
    }
    loaded.set(next.name, at);
    users.push({ by: next.name, file: at.file });
    queue.push(...waiting(at.file, at.path, next.paths));
  }
  missing.push(...users.flatMap(({ by, file }) => missingVersions(by, file, loaded)));
  return { found: [...loaded].map(([name, { path: at }]) => ({ name, path: at })), missing };
}

function waiting(file: Pick<Executable, "dynamic">, path: string, inherited: readonly string[]): Waiting[] {
  const { dynamic } = file;
  if (!dynamic) return [];
  const folder = folderOf(path);
  const put = (list: readonly string[]) =>
    list.map((entry) => entry.replace(/\$(?:ORIGIN\b|\{ORIGIN\})/g, folder));
  const runpath = put(dynamic.runpath);
  // A file with RUNPATH has its RPATH ignored.
  const paths = runpath.length > 0 ? inherited : [...put(dynamic.rpath), ...inherited];
  return dynamic.needed.map((name) => ({ name, by: nameOf(path), folder, paths, own: runpath }));
}

function search(
  { name, by, folder, paths, own }: Waiting,
  arch: string,
  defaults: readonly string[],
  host: LibraryHost,
): { path: string; file: LoadedFile } | { missing: Missing } {
  const folders =
    own.length > 0
      ? [...host.libraryPath, ...own, ...defaults]
      : [...paths, ...host.libraryPath, ...defaults];
  const unique = [...new Set(folders)];
  const places = name.includes("/")
    ? [name.startsWith("/") ? name : `${folder}/${name}`]
    : unique.map((f) => `${f}/${name}`);
  let other: Missing | undefined;
  for (const path of places) {
    const file = host.open(path);
    if (!file) continue;
    if (file.arch === arch) return { path, file };
    other ??= { kind: "architecture", name, path, arch: file.arch };
  }
  return {
    missing: other ?? { kind: "library", name, neededBy: by, searched: name.includes("/") ? places : unique },
  };
}

function missingVersions(
  by: string,
  file: Pick<Executable, "versions">,
  loaded: ReadonlyMap<string, { file: LoadedFile }>,
): Missing[] {
  return file.versions.flatMap(({ library, version, weak }): Missing[] => {
    const defines = loaded.get(library)?.file.defines;
    // A library without versions takes any: the loader says so and goes on.
    if (weak || !defines || defines.length === 0 || defines.includes(version)) return [];
    return [{ kind: "version", name: library, version, neededBy: by, newest: newestOf(defines, version) }];
  });
}

/** The highest version of the same family: `GLIBC_2.36` for `GLIBC_2.38`. */
export function newestOf(versions: readonly string[], like: string): string {
  const family = like.slice(0, like.lastIndexOf("_") + 1);
  const numbers = (version: string) => version.slice(family.length).split(".").map(Number);
  const same = versions.filter(
    (version) => version.startsWith(family) && /^[\d.]+$/.test(version.slice(family.length)),
  );
  return same.sort((a, b) => compare(numbers(a), numbers(b))).at(-1) ?? "";
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isMusl(interpreter: string | undefined): boolean {
  return interpreter?.includes("/ld-musl-") ?? false;
}

const isMuslLibc = (name: string) => /^libc\.musl-.*\.so\.1$/.test(name);

function muslFolders(arch: string, host: LibraryHost): string[] {
  const names: Record<string, string> = { amd64: "x86_64", arm64: "aarch64", "386": "i386" };
  const text = host.readText(`/etc/ld-musl-${names[arch] ?? arch}.path`);
  return text
    ? text.split(/[:\n]/).filter((folder) => folder !== "")
    : ["/lib", "/usr/local/lib", "/usr/lib"];
}

function glibcFolders(program: Executable, host: LibraryHost): string[] {
  const wide = /64|s390x/.test(program.arch);
  return [
    ...configured("/etc/ld.so.conf", host, 0),
    ...(wide ? ["/lib64", "/usr/lib64"] : []),
    "/lib",
    "/usr/lib",
  ];
}

/** Folders of ld.so.conf and what it includes. The cache is made from them. */
function configured(path: string, host: LibraryHost, depth: number): string[] {
  if (depth > 4) return [];
  return (host.readText(path) ?? "").split("\n").flatMap((line) => {
    const text = line.replace(/#.*/, "").trim();
    const included = /^include\s+(\S+)\/\*(\S*)$/.exec(text);
    if (included) {
      const names = [...host.list(included[1]!, included[2]!)].sort();
      return names.flatMap((name) => configured(`${included[1]}/${name}`, host, depth + 1));
    }
    return text.startsWith("/") ? [text] : [];
  });
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
