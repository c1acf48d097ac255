/** `instruction EXE FUNC+0xOFF`: the machine instruction a frame points at, and the operand that faulted. */
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { visibleLine } from "../../export/visible.ts";
import {
  type Explained,
  explainInstruction,
  objdumpPattern,
  parseDisassembly,
  parseFunctionOffset,
  registerFor,
} from "../../recipe/instruction.ts";
import type { CrashReport } from "../../trace/report.ts";
import { EXIT_NOTHING_FOUND, UserError } from "../fail.ts";
import { reason } from "../input/read.ts";
import { type RecipeMessages, recipeMessages } from "../messages/recipe.ts";
import { Output } from "../output.ts";
import type { Context } from "../program.ts";
import { suggest } from "../suggest.ts";
import { colored, styleOf } from "../terminal/style.ts";
import { firstCrash } from "./recipe.ts";

export interface InstructionFlags {
  readonly crash?: string;
}

const run = promisify(execFile);
const LIMITS = { timeout: 120_000, maxBuffer: 64 << 20, encoding: "utf8" } as const;
/** Instructions shown on either side. */
const AROUND = 4;

/** Prints the place. Throws a UserError when program, function or offset do not fit together. */
export async function instructionCommand(
  exe: string,
  place: string,
  flags: InstructionFlags,
  context: Context,
): Promise<number> {
  const r = recipeMessages(context.language);
  const wanted = parseFunctionOffset(place);
  if (!wanted) throw new UserError(r.badPlace(visibleLine(place)));
  try {
    if (!statSync(exe).isFile()) throw new UserError(r.notReadable(visibleLine(exe), "not a file"));
  } catch (failure) {
    if (failure instanceof UserError) throw failure;
    throw new UserError(r.notReadable(visibleLine(exe), reason(failure)));
  }
  const crash = flags.crash === undefined ? undefined : await firstCrash(flags.crash, context);
  if (flags.crash !== undefined && !crash) throw new UserError(r.noCrash(visibleLine(flags.crash)));
  const instructions = parseDisassembly(await objdump(exe, wanted.function, r));
  if (instructions.length === 0)
    throw new UserError(
      r.noFunction(visibleLine(wanted.function), visibleLine(exe), await near(exe, wanted.function)),
    );
  const explained = explainInstruction(instructions, wanted.offset, crash?.registers);
  if (!explained) {
    const size = instructions.at(-1)!.address - instructions[0]!.address;
    throw new UserError(r.beyondFunction(visibleLine(wanted.function), `0x${size.toString(16)}`));
  }
  const style = styleOf(colored(context.color, process.stdout, process.env));
  const lines = render(explained, wanted.function, crash, r, style.strong);
  await new Output(process.stdout).write([`${lines.join("\n")}\n`]);
  return EXIT_NOTHING_FOUND;
}

/** The path is made absolute, so that no name passes for an option. */
async function objdump(exe: string, name: string, r: RecipeMessages): Promise<string> {
  try {
    const { stdout } = await run("go", ["tool", "objdump", "-s", objdumpPattern(name), resolve(exe)], LIMITS);
    return stdout;
  } catch (failure) {
    const { code, stderr } = failure as { code?: unknown; stderr?: string };
    if (code === "ENOENT") throw new UserError(r.noGo);
    throw new UserError(
      r.objdumpFailed(visibleLine(exe), visibleLine((stderr || reason(failure)).trim().slice(0, 300))),
    );
  }
}

async function near(exe: string, name: string): Promise<string[]> {
  const { stdout } = await run("go", ["tool", "nm", resolve(exe)], LIMITS).catch(() => ({ stdout: "" }));
  const names = stdout
    .split("\n")
    .flatMap((line) => /^ *[0-9a-f]+ [Tt] (\S+)$/.exec(line)?.[1] ?? [])
    .filter((known) => known.startsWith("main.") || known.includes("/"));
  const ending = names.filter((known) => known.endsWith(name.slice(name.lastIndexOf(".") + 1)));
  return (ending.length > 0 ? ending.slice(0, 3) : suggest(name, names.slice(0, 5000))).map(visibleLine);
}

function render(
  { instructions, index, returnsHere, operand, values }: Explained,
  name: string,
  crash: CrashReport | undefined,
  r: RecipeMessages,
  strong: (text: string) => string,
): string[] {
  const start = instructions[0]!.address;
  const lines: string[] = [];
  const from = Math.max(0, index - AROUND);
  for (const [n, { address, place, text }] of instructions.slice(from, index + AROUND + 1).entries()) {
    const here = from + n === index;
    const offset = `+0x${(address - start).toString(16)}`;
    const line = `${here ? "=>" : "  "} ${visibleLine(place).padEnd(20)} 0x${address.toString(16)} ${offset.padEnd(8)} ${visibleLine(text)}`;
    lines.push(here ? strong(line) : line);
    if (!here) continue;
    for (const told of explain(returnsHere, operand, values, name, crash, r)) lines.push(`      ${told}`);
  }
  return lines;
}

function explain(
  returnsHere: boolean,
  operand: Explained["operand"],
  values: Explained["values"],
  name: string,
  crash: CrashReport | undefined,
  r: RecipeMessages,
): string[] {
  if (returnsHere) return [r.returns(visibleLine(name))];
  if (!operand) return [];
  const told = [r[operand.access](operand.text)];
  for (const [register, value] of Object.entries(values)) told.push(r.register(register, value));
  const fault = faultAddress(crash);
  if (operand.address === undefined) {
    const held = fault === undefined ? undefined : registerFor(operand, fault);
    if (fault === undefined || held === undefined) return told;
    told.push(r.mustHave(hex(fault), operand.registers[0]!, hex(held)));
    return held === 0n ? [...told, r.isNil] : told;
  }
  told.push(r.address(hex(operand.address)));
  if (fault === undefined) return told;
  told.push(fault === operand.address ? r.faultHere(hex(fault)) : r.faultElsewhere(hex(fault)));
  if (fault === operand.address && fault < 4096n) told.push(r.isNil);
  return told;
}

const hex = (value: bigint) => `0x${value.toString(16)}`;

/** The address a signal names. With code 0x80 the processor gave none, and the kernel says 0. */
function faultAddress(crash: CrashReport | undefined): bigint | undefined {
  const { addr, code } = crash?.signal ?? {};
  return addr === undefined || code === "0x80" || !/^0x[0-9a-f]+$/.test(addr) ? undefined : BigInt(addr);
}
