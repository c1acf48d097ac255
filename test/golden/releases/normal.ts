/** A crash text without what changes from run to run, or with every edit of the runtime: two releases can be compared. */

const rules: readonly (readonly [RegExp, string])[] = [
  // Registers and the like: their values say nothing, their names do.
  [/^(r\w+|e\w+|cs|fs|gs)(\s+)0x[0-9a-f]+$/gm, "$1$20x?"],
  [/^(goroutine) \d+ gp=0x[0-9a-f]+ m=\S+(?: mp=0x[0-9a-f]+)?/gm, "$1 N gp= m= mp="],
  [/\bgoroutine \d+\b/gi, "goroutine N"],
  [/\b(g|m|p|pid|thread|ThreadID|tid)([ =:])\d+\b/g, "$1$2N"],
  // A call's arguments depend on inlining; `(...)` stands for inlined calls.
  [/^(\S*[\w\])}])\((?:[^()]|\([^()]*\))*\)$/gm, "$1()"],
  [/ \+0x[0-9a-f]+(?: fp=0x[0-9a-f]+ sp=0x[0-9a-f]+ pc=0x[0-9a-f]+)?$/gm, ""],
  [/^(\t(?:_cgo_gotypes|_testmain)\.go):\d+/gm, "$1:N"],
  [/\bruntime\.init\.\d+/g, "runtime.init.N"],
  [/\b0x[0-9a-f]+\b\??/g, "0x?"],
  [/(\/(?:usr\/local\/go\/src|home\/dev\/go\/pkg\/mod)\/[\w./@!-]+):\d+/g, "$1:N"],
  [/(\/pkg\/mod\/\S+?)@v[\w.+-]+/g, "$1@V"],
  [/\b\d{4}[/-]\d\d[/-]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, "TIME"],
  [/\b127\.0\.0\.1:\d+|\[::1\]:\d+/g, "ADDR"],
  [/, \d+ minutes/g, ""],
  [/==\d+==|\bprocess \d+\b/g, "PID"],
  // What stood on a stack, and AddressSanitizer's map of the memory around.
  [/^(?:[0-9a-f]{16}: .*|(?:=>| {2})0x\?: .*| +\^ \w+)\n/gm, ""],
  [/\bgc \d+ @.*/g, "gc N"],
  [/\(\d+\.\d+s\)|\b\d+(?:\.\d+)?(?:ns|µs|ms|s)\b/g, "DURATION"],
  [/\bgo1\.\d+(?:\.\d+)?\b/g, "goVERSION"],
];

const isDumped = (paragraph: string) => paragraph.startsWith("goroutine N ");

/** Who started a goroutine that ran nothing but the runtime; undefined for all others. */
function startedByRuntime(paragraph: string): string | undefined {
  const functions = paragraph
    .split("\n")
    .slice(1)
    .filter((line) => line !== "" && !/^[\t(]/.test(line));
  const own = functions.every((line) => /^(?:created by )?runtime\./.test(line));
  return own ? /^created by (\S+)/.exec(functions.at(-1) ?? "")?.[1] : undefined;
}

/** Collectors are started as they are needed, and have been or not when the program fails. */
const dependsOnTiming = new Set(["runtime.gcBgMarkStartWorkers"]);

/**
 * Goroutines after the first stand in the order of the runtime's table and in the state of the moment: the program's
 * are sorted and equal ones kept once, of the runtime's own only the names are kept.
 */
function settleGoroutines(text: string): string {
  const [, body, ending] = /^([^]*?\n?)((?:exit status \d+|signal: .+)\n)?$/.exec(text)!;
  const paragraphs = body!.trimEnd().split("\n\n");
  const first = paragraphs.findIndex(isDumped);
  const others = paragraphs.filter((each, at) => at > first && isDumped(each));
  const started = others
    .flatMap((each) => startedByRuntime(each) ?? [])
    .filter((name) => !dependsOnTiming.has(name));
  const kept = [...new Set(others.filter((each) => startedByRuntime(each) === undefined))].sort();
  const rest = paragraphs.filter((each) => !others.includes(each));
  const runtime = [...new Set(started)].sort().map((name) => `(the runtime's: ${name})`);
  const parts = [...rest.slice(0, first + 1), ...kept, ...(runtime.length > 0 ? [runtime.join("\n")] : [])];
  return `${[...parts, ...rest.slice(first + 1)].join("\n\n")}\n${ending ?? ""}`;
}

export function normalised(text: string): string {
  return settleGoroutines(rules.reduce((done, [what, by]) => done.replace(what, by), text));
}
