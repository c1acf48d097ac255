/** A crash text without what changes from run to run, or with every edit of the runtime: two releases can be compared. */

const rules: readonly (readonly [RegExp, string])[] = [
  // Registers and the like: their values say nothing, their names do.
  [/^(r\w+|e\w+|cs|fs|gs)(\s+)0x[0-9a-f]+$/gm, "$1$20x?"],
  [/^(goroutine) \d+ gp=0x[0-9a-f]+ m=\S+(?: mp=0x[0-9a-f]+)?/gm, "$1 N gp= m= mp="],
  [/\bgoroutine \d+\b/gi, "goroutine N"],
  [/\b(g|m|p|pid|thread|ThreadID|tid)([ =:])\d+\b/g, "$1$2N"],
  // A call's arguments depend on inlining; `(...)` stands for inlined calls.
  [/^(\S*[\w\])}])\((?:[^()]|\([^()]*\))*\)$/gm, "$1()"],
  [/ \+0x[0-9a-f]+$/gm, ""],
  [/ \+0x[0-9a-f]+ (?=fp=|sp=|pc=)/gm, " "],
  [/\b0x[0-9a-f]+\b\??/g, "0x?"],
  [/^(\t\/(?:usr\/local\/go|home\/dev\/go\/pkg\/mod)\/\S*?):\d+/gm, "$1:N"],
  [/(\/pkg\/mod\/\S+?)@v[\w.+-]+/g, "$1@V"],
  [/\b\d{4}[/-]\d\d[/-]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, "TIME"],
  [/\b127\.0\.0\.1:\d+|\[::1\]:\d+/g, "ADDR"],
  [/, \d+ minutes/g, ""],
  [/\(\d+\.\d+s\)|\b\d+(?:\.\d+)?(?:ns|µs|ms|s)\b/g, "DURATION"],
  [/\bgo1\.\d+(?:\.\d+)?\b/g, "goVERSION"],
];

const isDumped = (paragraph: string) => paragraph.startsWith("goroutine N ");

/** Goroutines after the first stand in the order of the runtime's table, which depends on timing. */
function sortGoroutines(text: string): string {
  const paragraphs = text.split("\n\n");
  const first = paragraphs.findIndex(isDumped);
  const others = paragraphs.map((each, at) => (at > first && isDumped(each) ? at : -1)).filter((at) => at >= 0);
  const sorted = others.map((at) => paragraphs[at]!.trimEnd()).sort();
  others.forEach((at, place) => {
    paragraphs[at] = sorted[place]! + (paragraphs[at]!.endsWith("\n") ? "\n" : "");
  });
  return paragraphs.join("\n\n");
}

export function normalised(text: string): string {
  return sortGoroutines(rules.reduce((done, [what, by]) => done.replace(what, by), text));
}
