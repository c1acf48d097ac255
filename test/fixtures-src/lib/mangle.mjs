// What people, pipes and buffers do to a crash text: cut it, mix it, black it out. Each function returns the text.

const lines = (text) => text.replace(/\n$/, "").split("\n");
const join = (all) => `${all.join("\n")}\n`;

/** Keeps the text up to and with the first line that holds `mark`; `part` cuts that line after so many characters. */
export function cutAfter(text, mark, part) {
  const all = lines(text);
  const at = all.findIndex((line) => line.includes(mark));
  const kept = all.slice(0, at + 1);
  if (part === undefined) return join(kept);
  kept[at] = kept[at].slice(0, part);
  return kept.join("\n");
}

/** Keeps the text from the first line that holds `mark`; `part` drops so many characters of that line. */
export function cutBefore(text, mark, part = 0) {
  const all = lines(text);
  const at = all.findIndex((line) => line.includes(mark));
  return join([all[at].slice(part), ...all.slice(at + 1)]);
}

/** Lines of several texts in turn, each under its own prefix: `step` lines of one, then of the next. */
export function interleave(texts, prefixes, step = 1) {
  const rest = texts.map(lines);
  const out = [];
  while (rest.some((all) => all.length > 0)) {
    for (const [i, all] of rest.entries())
      for (const line of all.splice(0, step)) out.push(`${prefixes[i]}${line}`);
  }
  return join(out);
}

/** Other output of the same program between the lines of its trace. */
export function disturbed(text, line, every) {
  return join(lines(text).flatMap((l, i) => (i > 0 && i % every === 0 ? [line, l] : [l])));
}

/** Puts a mark in the place of all goroutines but the first. */
export function snipped(text, mark) {
  const at = text.indexOf("\n\ngoroutine ", text.indexOf("goroutine ") + 1);
  return `${text.slice(0, at)}\n${mark}\n`;
}

/** Puts a mark in the place of the frames from `from` to `to` of the first goroutine. */
export function framesSnipped(text, from, to, mark) {
  const all = lines(text);
  const start = all.findIndex((line) => /^goroutine \d+ /.test(line)) + 1;
  return join([...all.slice(0, start + 2 * from), mark, ...all.slice(start + 2 * to)]);
}
