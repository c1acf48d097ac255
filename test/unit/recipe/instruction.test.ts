import { describe, expect, test } from "vitest";
import {
  explainInstruction,
  memoryOperand,
  objdumpPattern,
  parseDisassembly,
  parseFunctionOffset,
  registerFor,
} from "../../../src/recipe/instruction.ts";

/** Recorded: go tool objdump of the program of runtime/nil-dereference/nil-struct-field, Go 1.26 on amd64. */
const OUTPUT = `TEXT main.main(SB) /srv/main.go
  main.go:20		0x4a84b2		488d0527220100		LEAQ 0x12227(IP), AX
  main.go:20		0x4a84b9		e8c2e9f6ff		CALL runtime.mapaccess1_faststr(SB)
  main.go:20		0x4a84be		488b10			MOVQ 0(AX), DX
  main.go:29		0x4a84c6		488b4220		MOVQ 0x20(DX), AX
  main.go:29		0x4a84ca		488b5a28		MOVQ 0x28(DX), BX
`;

describe("the disassembly", () => {
  const instructions = parseDisassembly(OUTPUT);

  test("is read line by line; the head is passed over", () => {
    expect(instructions).toHaveLength(5);
    expect(instructions[3]).toEqual({ address: 0x4a84c6n, place: "main.go:29", text: "MOVQ 0x20(DX), AX" });
  });

  test("leads from an offset to the operand that faulted", () => {
    const found = explainInstruction(instructions, 0x14, { rdx: "0x0" })!;
    expect(found.index).toBe(3);
    expect(found.operand).toEqual({
      text: "0x20(DX)",
      access: "reads",
      registers: ["DX"],
      address: 0x20n,
    });
    expect(found.values).toEqual({ DX: "0x0" });
  });

  test("knows the instruction behind a call for where the call returns", () => {
    const found = explainInstruction(instructions, 0xc)!;
    expect([found.returnsHere, found.instructions[found.index]!.text]).toEqual([
      true,
      "CALL runtime.mapaccess1_faststr(SB)",
    ]);
  });

  test("has no place behind its end, and none when it is empty", () => {
    expect(explainInstruction(instructions, 0x100)).toBeUndefined();
    expect(explainInstruction([], 0)).toBeUndefined();
  });
});

describe("operands", () => {
  const registers = { rax: "0x10", rcx: "0x3", rsp: "0x7000", r8: "0xffffffffffffffff", r0: "0x40" };
  test.each([
    ["MOVQ AX, 0x8(SP)", "writes", 0x7008n],
    ["ADDSD 0x28(AX)(CX*8), X0", "reads", 0x50n],
    ["CMPQ SP, 0x10(AX)", "reads", 0x20n],
    ["TESTB AX, 0(AX)", "reads", 0x10n],
    ["INCQ -0x8(AX)", "writes", 0x8n],
    ["MOVL 0x1(R8), BX", "reads", 0n],
    ["CALL AX", "calls", 0x10n],
    ["CALL 0x18(AX)", "calls", 0x28n],
    ["MOVD 8(R0), R1", "reads", 0x48n],
    ["MOVQ 0(DX), AX", "reads", undefined],
  ])("%s %s", (text, access, address) => {
    const operand = memoryOperand(text, registers)!;
    expect([operand.access, operand.address]).toEqual([access, address]);
  });

  test.each(["LEAQ 0x8(SP), DI", "JMP 0x49e18f", "XORL AX, AX", "CALL runtime.panicIndex(SB)"])(
    "%s touches no memory of a register",
    (text) => expect(memoryOperand(text, registers)?.access === "reads").toBe(false),
  );

  test("tell what a register held from the address of the fault", () => {
    expect(registerFor(memoryOperand("MOVQ 0x20(DX), AX")!, 0x20n)).toBe(0n);
    expect(registerFor(memoryOperand("MOVQ 0x8(AX)(CX*8), AX")!, 0x20n)).toBeUndefined();
    expect(registerFor(memoryOperand("CALL AX")!, 0x5c3n)).toBe(0x5c3n);
  });
});

test.each([
  ["main.(*Server).handle+0x1d", "main.(*Server).handle", 29],
  ["main.main(...) +0x2e6", "main.main", 0x2e6],
  ["main.f +16", "main.f", 16],
])("%s is a place", (text, name, offset) => {
  expect(parseFunctionOffset(text)).toEqual({ function: name, offset });
});

test.each(["", "main.f", "+0x1d", "main.f+0x", "main.f-3"])("%j is none", (text) => {
  expect(parseFunctionOffset(text)).toBeUndefined();
});

test("a function's name is no pattern", () => {
  const pattern = new RegExp(objdumpPattern("main.(*T[go.shape.int]).f"));
  expect(pattern.test("main.(*T[go.shape.int]).f")).toBe(true);
  expect(pattern.test("main.(*T[go.shape.int]).f.abi0")).toBe(true);
  expect(pattern.test("main.(*Txgo.shape.int]).fg")).toBe(false);
});
