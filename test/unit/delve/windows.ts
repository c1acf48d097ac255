/** Real minidumps, which `test/fixtures-src/minidump/make.mjs` wrote under Wine, and the program they are of. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { build, type Crashed, temporary } from "./fixture.ts";

const DUMPS = join(import.meta.dirname, "minidumps");

/** The environment of the recorded build: Go writes the same bytes again with the same release. */
export const WINDOWS = {
  GOOS: "windows",
  GOARCH: "amd64",
  GOAMD64: "v1",
  GOEXPERIMENT: "",
  CGO_ENABLED: "0",
  GOTOOLCHAIN: "go1.26.8",
} as const;

/** `nil` and `dll` hold memory; `thin` stacks alone. */
export function minidump(name: "nil" | "dll" | "thin"): Omit<Crashed, "folder"> {
  const core = join(temporary(), `${name}.dmp`);
  if (!existsSync(core))
    writeFileSync(core, brotliDecompressSync(readFileSync(join(DUMPS, `${name}.dmp.br`))));
  const { source, program: built } = build("windows", { flags: ["-trimpath"], env: WINDOWS });
  const program = join(temporary(), "service.exe");
  if (!existsSync(program)) copyFileSync(built, program);
  const text = name === "nil" ? readFileSync(join(DUMPS, "nil.txt"), "utf8") : "";
  return { source, program, core, text };
}
