/**
 * Go 1.21 cannot range over an integer. Such loops are written out for it, on the same line and with a variable for each
 * round, so that the rest of the program can be recorded.
 */
const loop = /^(\s*)for (?:(\w+) := )?range (.+) \{$/;
const complaint = /^(?:\.\/)?(\S+\.go):(\d+):\d+: cannot range over .*\bu?int(?:8|16|32|64)?\b/gm;

function writeOut(line: string): string {
  const [whole, indent, name, count] = loop.exec(line) ?? [];
  if (whole === undefined) return line;
  // Counted down, so that the count is evaluated once: it may read from a file.
  if (name === undefined) return `${indent}for rounds_ := (${count}); rounds_ > 0; rounds_-- {`;
  // The count times zero has the count's type.
  return `${indent}for round_ := 0 * (${count}); round_ < ${count}; round_++ { ${name} := round_;`;
}

/** The files the compiler complains about, with these loops written out; undefined when there is nothing to write out. */
export function writeOutLoops(
  message: string,
  read: (file: string) => string,
): ReadonlyMap<string, string> | undefined {
  const lines = new Map<string, string[]>();
  for (const [, file, at] of message.matchAll(complaint)) {
    const text = lines.get(file!) ?? read(file!).split("\n");
    text[Number(at) - 1] = writeOut(text[Number(at) - 1]!);
    lines.set(file!, text);
  }
  return lines.size === 0 ? undefined : new Map([...lines].map(([file, text]) => [file, text.join("\n")]));
}
