/** GOFLAGS with our recorder in it, and without it again. What the user wrote there stays as it is. */

/** The flag that makes `go test` and `go run` start programs under `program`; undefined where no flag can say its path. */
export function execFlag(program: string): string | undefined {
  // Quotes count at the beginning of a word alone.
  const inner = /\s|^['"]/.test(program) ? quoted(program) : program;
  if (inner === undefined) return undefined;
  const flag = `-exec=${inner}`;
  return /\s/.test(flag) ? quoted(flag) : flag;
}

/** `cmd/internal/quoted` knows both quotes and no escapes: a text is put into the one it does not hold. */
function quoted(text: string): string | undefined {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? undefined : `"${text}"`;
}

/** Whether somebody, we or the user, already runs programs under something. */
export function hasExec(flags: string): boolean {
  return /(?:^|[\s'"])--?exec=/.test(flags);
}

/** The flags with the recorder; undefined where the user runs programs under something of their own, or none can say it. */
export function withExec(flags: string, program: string): string | undefined {
  const flag = execFlag(program);
  if (flag === undefined) return undefined;
  if (flags.includes(flag)) return flags;
  if (hasExec(flags)) return undefined;
  return flags === "" ? flag : `${flags} ${flag}`;
}

/** The flags without exactly what `withExec` added. */
export function withoutExec(flags: string, program: string): string {
  const flag = execFlag(program);
  const at = flag === undefined ? -1 : flags.lastIndexOf(flag);
  if (flag === undefined || at < 0) return flags;
  const before = flags.slice(0, at).replace(/ $/, "");
  const after = flags.slice(at + flag.length).replace(/^ /, "");
  return before !== "" && after !== "" ? `${before} ${after}` : before + after;
}

type Vars = Readonly<Record<string, string>>;

/** The Go extension's `go.testEnvVars` with the recorder; `inherited` is what GOFLAGS is without that setting. */
export function varsWithExec(vars: Vars, inherited: string, program: string): Vars | undefined {
  const flags = withExec(vars.GOFLAGS ?? inherited, program);
  return flags === undefined ? undefined : { ...vars, GOFLAGS: flags };
}

/** The same without it. A GOFLAGS that only repeats what is inherited was put there by us, and goes. */
export function varsWithoutExec(vars: Vars, inherited: string, program: string): Vars {
  if (vars.GOFLAGS === undefined) return vars;
  const flags = withoutExec(vars.GOFLAGS, program);
  if (flags === vars.GOFLAGS) return vars;
  if (flags !== inherited) return { ...vars, GOFLAGS: flags };
  const { GOFLAGS: _ours, ...rest } = vars;
  return rest;
}
