/** `verify`: hands over to the runner of the catalogue's programs. */
import type { Context } from "../program.ts";
import { colored } from "../terminal/style.ts";

export interface VerifyFlags {
  readonly format: "text" | "json";
  readonly catalog?: string;
  readonly go?: string;
  readonly changed?: boolean;
}

/** Resolves to the runner's own status: 0 all passed, 1 one failed, 2 the catalogue, an id or Go is wrong. */
export async function verifyCommand(
  ids: readonly string[],
  flags: VerifyFlags,
  context: Context,
): Promise<number> {
  const { runVerifyCommand } = await import("../../verify/command.ts");
  return runVerifyCommand(ids, {
    format: flags.format,
    color: colored(context.color, process.stdout, process.env),
    ...(flags.changed && { changed: true }),
    ...(flags.catalog !== undefined && { catalogDir: flags.catalog }),
    ...(flags.go !== undefined && { goBinary: flags.go }),
  });
}
