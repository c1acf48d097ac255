/** The few ways text is set apart on a terminal, by meaning and not by colour. */
import picocolors from "picocolors";

export type ColorMode = "auto" | "always" | "never";

export interface Style {
  readonly title: (text: string) => string;
  readonly label: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly place: (text: string) => string;
  readonly code: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

export function styleOf(colored: boolean): Style {
  const c = picocolors.createColors(colored);
  return {
    title: (text) => c.bold(c.red(text)),
    label: (text) => c.bold(c.blue(text)),
    strong: c.bold,
    dim: c.dim,
    place: (text) => c.bold(c.cyan(text)),
    code: c.cyan,
    good: c.green,
    bad: c.red,
    warn: c.yellow,
  };
}

/**
 * Whether to colour. A word on the command line wins; then NO_COLOR (any non-empty value, no-color.org), then
 * FORCE_COLOR (`0` and `false` forbid), then whether the stream is a terminal that knows colours.
 */
export function colored(
  mode: ColorMode,
  stream: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (mode !== "auto") return mode === "always";
  if (env.NO_COLOR) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && env.TERM !== "dumb";
}
