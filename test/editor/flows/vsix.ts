/** The VSIX that users get, made once for all tests that install it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

let path: string | undefined;

export function packedExtension(): string {
  if (path) return path;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/package.mjs"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout + stderr);
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
  path = `${name}-${version}.vsix`;
  return path;
}
