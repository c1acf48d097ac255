/**
 * Lines of a log that a collector cut into pieces of equal length without a mark: journald at 48 KB, container runtimes'
 * 16 KB where nobody joined them, syslog at 1 to 8 KB. Only a trace that a logger quoted in one line grows so long.
 */

/** The shortest length anyone cuts at. */
const SHORTEST = 1000;

/** True for a line that ends inside a quoted string which holds a trace. */
export function isCutOff(text: string): boolean {
  if (text.length < SHORTEST || !text.includes("\\n")) return false;
  if (!/goroutine \d|panic: |fatal error: /.test(text)) return false;
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) open = !open;
  }
  return open;
}

/** True for a line that may go on where one of that length was cut: no longer, and inside the string or at its end. */
export function continuesCut(text: string, length: number): boolean {
  return text !== "" && text.length <= length && text[0] !== "{" && /\\n|\\t|["}]$/.test(text);
}
