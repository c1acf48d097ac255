/**
 * A debugger that stops at a panic holds it before the program prints it. This writes what the runtime would print, from
 * what the debugger says, so that both are diagnosed the same way.
 */

export interface StopFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

export interface Stop {
  /** `description` of the stopped event: Delve says `panic` or `fatal error`. */
  readonly description: string;
  /** `text` of the event: the value. */
  readonly text: string;
  readonly goroutine: number;
  readonly frames: readonly StopFrame[];
}

/** Whether a stopped event is about a panic or a fatal error. */
export function isFaultStop(
  body: unknown,
): body is { reason: string; description: string; text?: string; threadId?: number } {
  if (typeof body !== "object" || body === null) return false;
  const { reason, description } = body as Record<string, unknown>;
  return reason === "exception" && (description === "panic" || description === "fatal error");
}

const OWN_LINES = /[\r\n]+/g;

/** The crash text, as Go prints it. */
export function stopText(stop: Stop): string {
  const value = unquoted(stop.text).replace(OWN_LINES, "\n\t");
  const header = stop.description === "panic" ? `panic: ${value}` : `fatal error: ${value}`;
  const signal = /invalid memory address or nil pointer dereference/.test(value)
    ? ["[signal SIGSEGV: segmentation violation]"]
    : [];
  const frames = stop.frames.flatMap(({ name, file, line }) => {
    const called = name.replace(OWN_LINES, " ");
    const call = /\)$/.test(called) && !/\(\*?[\w.]+\)$/.test(called) ? called : `${called}(...)`;
    return file === undefined ? [call] : [call, `\t${file.replace(OWN_LINES, " ")}:${line ?? 0} +0x0`];
  });
  return [header, ...signal, "", `goroutine ${stop.goroutine} [running]:`, ...frames, ""].join("\n");
}

/** Delve quotes what it evaluates. */
function unquoted(text: string): string {
  const plain = text.trim();
  if (!/^".*"$/s.test(plain)) return plain;
  try {
    return String(JSON.parse(plain));
  } catch {
    return plain.slice(1, -1);
  }
}
