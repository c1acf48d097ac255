/** The machine, or an unpacked image, that a program's libraries are looked for in. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { definedVersions } from "../binary/dynamic.ts";
import { elfOf } from "../binary/elf.ts";
import { readExecutable } from "../binary/executable.ts";
import { openSource } from "../binary/file-source.ts";
import type { LibraryHost, LoadedFile } from "./libraries.ts";

/** `root` is `/`, or the folder of an image: absolute links inside it stay inside. */
export function libraryHost(root: string, environment: NodeJS.ProcessEnv): LibraryHost {
  const inside = (path: string) => resolveIn(root, path);
  const path = root === "/" ? (environment.LD_LIBRARY_PATH ?? "") : "";
  return {
    libraryPath: path.split(/[:;]/).filter((folder) => folder !== ""),
    open: (file) => openElf(inside(file)),
    readText: (file) => attempt(() => readFileSync(inside(file), "utf8")),
    list: (folder, ending) =>
      attempt(() => readdirSync(inside(folder)).filter((name) => name.endsWith(ending))) ?? [],
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function openElf(path: string): LoadedFile | undefined {
  return attempt(() => {
    const file = openSource(path);
    try {
      const elf = elfOf(file);
      const read = readExecutable(file);
      return elf && read ? { ...read, defines: definedVersions(file, elf) } : undefined;
    } finally {
      file.close();
    }
  });
}

const MOST_LINKS = 40;

/** The path on this machine of a path in the root, with symbolic links followed as if the root were `/`. */
export function resolveIn(root: string, path: string): string {
  if (root === "/") return path;
  let waiting = path.split("/");
  let done: string[] = [];
  for (let links = 0; waiting.length > 0; ) {
    const part = waiting.shift()!;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      done.pop();
      continue;
    }
    const at = [root, ...done, part].join("/");
    const target = attempt(() => (lstatSync(at).isSymbolicLink() ? readlinkSync(at) : undefined));
    if (target === undefined || ++links > MOST_LINKS) {
      done.push(part);
      continue;
    }
    if (target.startsWith("/")) done = [];
    waiting = [...target.split("/"), ...waiting];
  }
  return [root.replace(/\/$/, ""), ...done].join("/");
}
