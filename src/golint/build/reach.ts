/** For which architectures a file can be built at all, whatever the configuration at hand. */
import { type BuildContext, buildLine, isBuilt } from "./constraints.ts";

const SYSTEMS = ["linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "aix", "js"];
/** Of a text this much is searched for its build line; a licence may stand above it. */
const HEAD = 1 << 14;

/** Whether some system and some choice of tags builds the file for one of these architectures. */
export function reaches(
  file: { readonly name: string; readonly text: string },
  arches: readonly string[],
): boolean {
  const name = file.name.split(/[\\/]/).at(-1)!;
  const line = buildLine(file.text.slice(0, HEAD));
  const head = line === undefined ? "" : `//go:build ${line}\n`;
  const named = line?.match(/\w[\w.]*/g) ?? [];
  const tags = named.filter((tag) => !/^go1\.\d+$/.test(tag) && !isPlatform(tag));
  return arches.some((goarch) =>
    SYSTEMS.some((goos) =>
      [[], tags].some((set) => isBuilt(name, head, { goos, goarch, cgo: true, tags: set, minor: 99 })),
    ),
  );
}

/** A tag that some system or architecture sets by itself. */
function isPlatform(tag: string): boolean {
  const base: BuildContext = { goos: "", goarch: "", cgo: true, tags: [], minor: 99 };
  // A name that ends so is left out of a build for nothing exactly where the part is known.
  return !isBuilt(`x_${tag}.go`, "", base) || /^(?:unix|gc|gccgo|cgo)$/.test(tag);
}
