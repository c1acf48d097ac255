/**
 * The machine instruction a crash text points at: `main.f(...)` ... `+0x1d` in the disassembly of `go tool objdump`,
 * with the memory operand that faulted and what its registers held. Pure: the caller runs objdump.
 */

export interface Instruction {
  readonly address: bigint;
  /** `main.go:14`, as objdump prints it; empty where it knows none. */
  readonly place: string;
  /** In Go's assembler syntax, source before destination. */
  readonly text: string;
}

/** A place in a function: `main.(*Server).handle+0x1d`. */
export interface FunctionOffset {
  readonly function: string;
  readonly offset: number;
}

export interface MemoryOperand {
  /** As written: `0x10(AX)(CX*8)`. */
  readonly text: string;
  readonly access: "reads" | "writes" | "calls";
  readonly registers: readonly string[];
  /** Sum of displacement and registers; absent when a register is not known. */
  readonly address?: bigint;
}

export interface Explained {
  /** All instructions of the function. */
  readonly instructions: readonly Instruction[];
  /** Index of the instruction at the offset, or of the call before it. */
  readonly index: number;
  /** The offset is where a call returns to: the call is marked instead. */
  readonly returnsHere: boolean;
  readonly operand?: MemoryOperand;
  /** Register of the operand to its value, as the crash text prints it. */
  readonly values: Readonly<Record<string, string>>;
}

/** Reads `FUNCTION+0xOFFSET` or `FUNCTION+N`; undefined when it is neither. */
export function parseFunctionOffset(text: string): FunctionOffset | undefined {
  const match = /^(\S[^\n]*?)(?:\([^)]*\.\.\.[^)]*\))?\s*\+\s*(0x[0-9a-f]{1,8}|\d{1,9})$/i.exec(text.trim());
  return match ? { function: match[1]!, offset: Number(match[2]) } : undefined;
}

/** The pattern by which objdump finds exactly this function. */
export function objdumpPattern(name: string): string {
  // Wrappers around C and assembly stand in the symbol table with the ABI behind their name, in traces without.
  return `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(\\.abi0)?$`;
}

const LINE = /^ {2}(\S*)\t+(0x[0-9a-f]+)\t+[0-9a-f]+\t+([^\t]*)/;

/** The instructions of objdump's output for one function; lines of another form are passed over. */
export function parseDisassembly(output: string): Instruction[] {
  return output.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    return [{ place: match[1]!, address: BigInt(match[2]!), text: match[3]!.trim() }];
  });
}

/**
 * The instruction at an offset from the function's start; undefined when the offset is behind its end.
 * `registers` are those of the crash text, by its names (`rax`, `r0`).
 */
export function explainInstruction(
  instructions: readonly Instruction[],
  offset: number,
  registers: Readonly<Record<string, string>> = {},
): Explained | undefined {
  const first = instructions[0];
  if (!first) return undefined;
  const wanted = first.address + BigInt(offset);
  // An offset into an instruction belongs to that instruction.
  const at = instructions.findLastIndex(({ address }) => address <= wanted);
  const isLast = at === instructions.length - 1;
  if (isLast && wanted > instructions[at]!.address + 16n) return undefined;
  const before = instructions[at - 1];
  const returnsHere =
    before !== undefined && instructions[at]!.address === wanted && /^(?:CALL|BL|BLR)\b/.test(before.text);
  const index = returnsHere ? at - 1 : at;
  const operand = returnsHere ? undefined : memoryOperand(instructions[index]!.text, registers);
  const values: Record<string, string> = {};
  for (const name of operand?.registers ?? []) {
    const value = registers[nameInTrace(name)];
    if (value !== undefined) values[name] = value;
  }
  return { instructions, index, returnsHere, ...(operand && { operand }), values };
}

const MEMORY =
  /(?<displacement>-?(?:0x[0-9a-f]+|\d+))?\((?<base>[A-Z][A-Z0-9]*)\)(?:\((?<index>[A-Z][A-Z0-9]*)\*(?<scale>[1248])\))?/;

/** The memory an instruction touches; undefined for those that touch none. */
export function memoryOperand(
  text: string,
  registers: Readonly<Record<string, string>> = {},
): MemoryOperand | undefined {
  // LEA computes an address and reads nothing.
  if (/^(?:LEA|NOP|JMP\b|PREFETCH)/.test(text)) return undefined;
  const indirect = /^(?:CALL|BLR|BL) (?:\*)?(?<register>[A-Z][A-Z0-9]{0,2})$/.exec(text);
  if (indirect) {
    const name = indirect.groups!.register!;
    return { text: name, access: "calls", registers: [name], ...known(valueIn(name, registers)) };
  }
  const match = MEMORY.exec(text);
  if (!match?.groups) return undefined;
  const { displacement = "0", base, index, scale = "1" } = match.groups;
  const names = [base!, ...(index === undefined ? [] : [index])];
  const parts = [valueIn(base!, registers), index === undefined ? 0n : valueIn(index, registers)];
  const [baseValue, indexValue] = parts;
  const sum =
    baseValue === undefined || indexValue === undefined
      ? undefined
      : BigInt.asUintN(64, baseValue + indexValue * BigInt(scale) + signed(displacement));
  return { text: match[0], access: accessOf(text, match[0]), registers: names, ...known(sum) };
}

/** What the one register of an operand must have held for a fault at this address; undefined with two registers. */
export function registerFor(operand: MemoryOperand, fault: bigint): bigint | undefined {
  const match = MEMORY.exec(operand.text);
  if (operand.access === "calls" && !match) return fault;
  if (!match?.groups || match.groups.index !== undefined) return undefined;
  return BigInt.asUintN(64, fault - signed(match.groups.displacement ?? "0"));
}

const known = (address: bigint | undefined) => (address === undefined ? {} : { address });

function signed(text: string): bigint {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

/** Go writes the destination last; comparisons have none. */
function accessOf(text: string, operand: string): MemoryOperand["access"] {
  if (/^CALL\b/.test(text)) return "calls";
  if (/^(?:CMP|TEST|UCOMIS|COMIS|BT[QLW]\b|PUSH)/.test(text)) return "reads";
  return text.trimEnd().endsWith(operand) ? "writes" : "reads";
}

function valueIn(name: string, registers: Readonly<Record<string, string>>): bigint | undefined {
  const text = registers[nameInTrace(name)];
  return text !== undefined && /^0x[0-9a-f]+$/i.test(text) ? BigInt(text) : undefined;
}

/** Go's assembler says AX, the crash text rax; R8 and on, and those of arm64, differ by case alone. */
function nameInTrace(name: string): string {
  if (/^(?:AX|BX|CX|DX|SI|DI|BP|SP)$/.test(name)) return `r${name.toLowerCase()}`;
  if (name === "RSP") return "sp";
  return name.toLowerCase();
}
