/**
 * Makes hostile text harmless to look at.
 *
 * A crash text is written by whoever could make the program fail: it may hold escape sequences that move the
 * cursor, set the window title, plant a hyperlink or turn a line around. Everything that is shown goes
 * through here first, whatever the format.
 */

/**
 * C0 without tab and line feed, DEL, C1, soft hyphen, Arabic letter mark, zero-width and direction marks,
 * line and paragraph separators, byte order mark, interlinear marks, tag characters, and lone surrogates.
 * U+200C and U+200D stay: scripts and emoji need them, and they hide nothing.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** Line ends of the input are no news: a carriage return before a line feed is dropped, not shown. */
const CARRIAGE_RETURN = /\r(?=\n|$)/g;

/** Shows control and direction characters as `\x1b` or `\u{202e}`; keeps tabs and line feeds. Never throws. */
export function visible(text: string): string {
  return text.replace(CARRIAGE_RETURN, "").replace(HIDDEN, escapeSequence);
}

/** Like `visible`, on one line: line feeds become a visible mark and tabs a space. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", " ⏎ ").replaceAll("\t", " ");
}

/** At most `limit` characters, cut between code points, with a mark where something was cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1);
  const whole = /[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept;
  return `${whole}…`;
}

function escapeSequence(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return `\\u{${code.toString(16)}}`;
}
