/** What launch.json says, checked. Everything in it is the user's or a stranger's: nothing is taken on trust. */
import { statSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import type { DelveTarget } from "../delve/server.ts";
import type { AdapterWords } from "./messages/index.ts";

/** A session as it is wanted. */
export interface Wish {
  readonly target: DelveTarget;
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Path of dlv that the user named. */
  readonly delve?: string;
  /** Where the editor's Go extension says it is. */
  readonly delveHint?: string;
  readonly stopOnEntry: boolean;
  readonly recipe?: RecipeWish;
  /** For a core of a stripped binary: the same program with debug information. */
  readonly twin?: string;
  /** Go releases Delve does not know are let through. */
  readonly anyGo: boolean;
}

export interface RecipeWish {
  /** Id of a cause, or path of a workspace's own recipe. */
  readonly id: string;
  /** The crash's place, put where the recipe has its example's. */
  readonly place?: { readonly function: string; readonly file?: string; readonly line?: number };
  /** Stops at each of the recipe's stops and not at the last alone. */
  readonly eachStop: boolean;
}

/** Launch arguments that cannot be used: the message says which and why. */
export class BadArguments extends Error {}

type Given = Readonly<Record<string, unknown>>;

/** Reads the arguments of `launch` or `attach`. Throws BadArguments. */
export function readArguments(request: "launch" | "attach", given: unknown, m: AdapterWords): Wish {
  const reader = new Reader((given ?? {}) as Given, m);
  const mode = request === "attach" ? "attach" : (reader.text("mode") ?? "debug");
  const program = reader.path("program");
  const cwd = reader.path("cwd") ?? defaultFolder(mode, program);
  const target = reader.target(mode, program);
  const delve = reader.text("delve");
  const delveHint = reader.text("delveHint");
  const recipe = reader.recipe();
  const twin = mode === "core" ? reader.path("twin") : undefined;
  return {
    target,
    ...(cwd !== undefined && { cwd }),
    env: reader.words("env"),
    ...(delve !== undefined && { delve }),
    ...(delveHint !== undefined && { delveHint }),
    stopOnEntry: reader.flag("stopOnEntry"),
    ...(recipe && { recipe }),
    ...(twin !== undefined && { twin }),
    anyGo: reader.flag("anyGo"),
  };
}

function defaultFolder(mode: string, program: string | undefined): string | undefined {
  if (program === undefined || (mode !== "debug" && mode !== "test")) return undefined;
  return isFolder(program) ? program : dirname(program);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

class Reader {
  constructor(
    private readonly given: Given,
    private readonly m: AdapterWords,
  ) {}

  target(mode: string, program: string | undefined): DelveTarget {
    const needed = () => {
      if (program === undefined) throw new BadArguments(this.m.noProgram(mode));
      return program;
    };
    const args = this.list("args");
    switch (mode) {
      case "core": {
        // vscode-go's name for it is understood as well.
        const core = this.path("core") ?? this.path("coreFilePath");
        if (core === undefined) throw new BadArguments(this.m.noCore());
        return { mode, program: needed(), core };
      }
      case "exec":
        return { mode, program: needed(), args };
      case "debug":
      case "test":
        return { mode, package: packageOf(needed(), this.path("cwd")), args, ...this.buildFlags() };
      case "attach":
        return { mode, pid: this.pid(), ...(program !== undefined && { program }) };
      default:
        throw new BadArguments(this.m.unknownMode(mode));
    }
  }

  private pid(): number {
    const pid = Number(this.given.processId ?? this.given.pid);
    if (!Number.isSafeInteger(pid) || pid <= 0) throw new BadArguments(this.m.noPid());
    return pid;
  }

  private buildFlags(): { buildFlags?: string } {
    const { buildFlags } = this.given;
    const text = Array.isArray(buildFlags) ? buildFlags.map(String).join(" ") : this.text("buildFlags");
    return text ? { buildFlags: text } : {};
  }

  recipe(): RecipeWish | undefined {
    const id = this.text("recipe");
    if (id === undefined) return undefined;
    const { recipeAt } = this.given as { recipeAt?: { function?: unknown; file?: unknown; line?: unknown } };
    const place =
      typeof recipeAt?.function === "string"
        ? {
            function: recipeAt.function,
            ...(typeof recipeAt.file === "string" && { file: recipeAt.file }),
            ...(typeof recipeAt.line === "number" && { line: recipeAt.line }),
          }
        : undefined;
    return { id, ...(place && { place }), eachStop: this.flag("eachStop") };
  }

  text(name: string): string | undefined {
    const value = this.given[name];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string" || value.includes("\0"))
      throw new BadArguments(this.m.wrongType(name, this.m.types.text));
    return value;
  }

  path(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!isAbsolute(value)) throw new BadArguments(this.m.notAbsolute(name, value));
    return resolve(value);
  }

  flag(name: string): boolean {
    const value = this.given[name];
    if (value !== undefined && typeof value !== "boolean")
      throw new BadArguments(this.m.wrongType(name, this.m.types.flag));
    return value === true;
  }

  list(name: string): string[] {
    const value = this.given[name] ?? [];
    if (!Array.isArray(value) || !value.every((each) => typeof each === "string"))
      throw new BadArguments(this.m.wrongType(name, this.m.types.list));
    return value;
  }

  words(name: string): Record<string, string> {
    const value = this.given[name] ?? {};
    if (
      typeof value !== "object" ||
      !Object.values(value as object).every((each) => typeof each === "string")
    )
      throw new BadArguments(this.m.wrongType(name, this.m.types.words));
    return value as Record<string, string>;
  }
}

/** A package as `go build` takes it from the working folder. */
function packageOf(program: string, cwd: string | undefined): string {
  const folder = isFolder(program) ? program : dirname(program);
  return cwd === undefined || cwd === folder ? "." : folder;
}
