/** What the linter needs of go.mod and go.work. */

export interface GoMod {
  readonly module: string;
  /** Minor version of the `go` line: 21 for `go 1.21.3`. Go 1.16 where there is none, as the go command assumes. */
  readonly minor: number;
}

const WITHOUT_LINE = 16;

export function readGoMod(text: string): GoMod {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\/\/.*/, "").trim());
  const module = lines.map((line) => /^module\s+("?)([^\s"]+)\1$/.exec(line)?.[2]).find(Boolean) ?? "";
  const version = lines.map((line) => /^go\s+1\.(\d+)/.exec(line)?.[1]).find(Boolean);
  return { module, minor: version ? Number(version) : WITHOUT_LINE };
}

/** Folders of `use` lines, relative to the go.work file. */
export function readGoWork(text: string): string[] {
  const folders: string[] = [];
  let inBlock = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/\/\/.*/, "").trim();
    const path = (word: string) => word.trim().replace(/^["`]|["`]$/g, "");
    if (inBlock && line === ")") inBlock = false;
    else if (inBlock && line !== "") folders.push(path(line));
    else if (/^use\s*\($/.test(line)) inBlock = true;
    else if (line.startsWith("use ")) folders.push(path(line.slice(4)));
  }
  return folders;
}
