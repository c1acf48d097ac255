import type { Release } from "./releases.ts";

/**
 * The catalogue's go.mod with this release's go line and the versions it can build. What these require in turn is left
 * to the go command.
 */
export function moduleFor(catalogMod: string, { release, requires = {} }: Release): string {
  const name = /^module (\S+)$/m.exec(catalogMod)?.[1];
  const direct = [...catalogMod.matchAll(/^(?:\t|require )(\S+) (v\S+)$/gm)];
  const lines = direct.map(([, path, version]) => `\t${path} ${requires[path!] ?? version}\n`);
  return `module ${name}\n\ngo ${release}.0\n\nrequire (\n${lines.join("")})\n`;
}
