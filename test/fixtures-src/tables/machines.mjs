// Other compilers and machines: gccgo, arm64 and others under qemu, Windows under Wine.

import { join } from "node:path";
import { scratch } from "../lib/toolchain.mjs";

const NIL = "runtime error: invalid memory address or nil pointer dereference";

function row(form, name, go, program, command, crash, extra = {}) {
  return {
    form,
    name,
    program,
    go,
    command: `${command}; true`,
    crashes: [{ kind: "panic", recovered: false, completeness: "whole", wrappers: [], ...crash }],
    ...extra,
  };
}

const gccgo = (name, program, kind, crash) =>
  row("gccgo", `${name}-gcc12`, "1.26", program, `gccgo -g -o llmserver main.go && ./llmserver ${kind}`, {
    compiler: "gccgo",
    ...crash,
  });

const others = [
  gccgo("nil-deref", "panics", "nil-deref", {
    panics: [{ value: NIL }],
    signal: { name: "SIGSEGV", code: "0x1" },
    faulting: { id: 1, state: "running", topUser: "main.server.prompt", at: "nil-deref" },
  }),
  gccgo("index", "panics", "index", {
    panics: [{ value: "runtime error: index out of range [3] with length 3" }],
    faulting: { id: 1, state: "running", topUser: "main.pick", at: "index" },
  }),
  gccgo("worker", "panics", "worker", {
    panics: [{ value: "worker 2: empty batch" }],
    faulting: {
      state: "running",
      topUser: "main.worker",
      at: "worker",
      createdBy: { function: "main.chain" },
    },
  }),
  gccgo("repanic", "panics", "recovered-repanic", {
    panics: [{ value: "first", recovered: true }, { value: "again: first" }],
    faulting: { id: 1, state: "running", topUser: "main.chain..func2", at: "recovered-repanic-gccgo" },
  }),
  gccgo("deadlock-workers", "fatals", "deadlock-workers", {
    kind: "fatal",
    fatal: { message: "all goroutines are asleep - deadlock!" },
    faulting: { id: 1, state: "semacquire", topUser: "main.main", at: "deadlock-workers" },
  }),
];

/** Goroutines between the first two and the registers, which say nothing new, are left out. */
function shortened(text) {
  const parts = text.split("\n\n");
  const registers = parts.findIndex((part) => /^(r0|x0|ra|zero|R0|r1|r2|trap) /.test(part));
  const from = parts.findIndex((part) => part.startsWith("goroutine "));
  return [...parts.slice(0, from + 2), ...parts.slice(registers)].join("\n\n");
}

function machine(arch, qemu, registers) {
  const build = `GOARCH=${arch} CGO_ENABLED=0 go build -o llmserver . && `;
  return [
    row(
      "machine",
      `${arch}-nil-deref-go1.26`,
      "1.26",
      "panics",
      `${build}qemu-${qemu}-static ./llmserver nil-deref`,
      {
        panics: [{ value: NIL }],
        signal: { name: "SIGSEGV", code: "0x1" },
        faulting: { id: 1, topUser: "main.(*server).prompt", at: "nil-deref" },
      },
    ),
    row(
      "machine",
      `${arch}-sigquit-go1.26`,
      "1.26",
      "fatals",
      `${build}(qemu-${qemu}-static ./llmserver wait & sleep 2; kill -QUIT $!; wait $!) | tail -n +2`,
      {
        kind: "goroutine-dump",
        signal: { name: "SIGQUIT", description: "quit" },
        registers,
      },
      { edit: shortened },
    ),
  ];
}

const machines = [
  ...machine("arm64", "aarch64", ["r0", "lr", "sp", "pc", "fault"]),
  ...machine("riscv64", "riscv64", ["ra", "sp", "pc"]),
  ...machine("s390x", "s390x", ["r0", "pc"]),
  ...machine("ppc64le", "ppc64le", ["r0", "pc", "link"]),
];

/**
 * Go after 1.20 asks for a library that this Wine lacks, and its `Exception 0x...` block is not to be had: Wine opens
 * its own debugger first.
 */
const windows = (kind, crash) =>
  row(
    "windows",
    `${kind}-go1.20`,
    "1.20",
    "windows",
    `GOOS=windows CGO_ENABLED=0 go build -o llmserver.exe . && /usr/lib/wine/wine64 llmserver.exe ${kind}`,
    crash,
    {
      env: { WINEDEBUG: "-all", WINEPREFIX: join(scratch, "wine") },
      edit: (text) => text.replace(/^wine: .*\n/gm, ""),
    },
  );

const wine = [
  windows("nil", {
    panics: [{ value: NIL }],
    signal: {
      name: { $match: "^(0xc0000005|EXCEPTION_ACCESS_VIOLATION)$" },
      code: "0x0",
      addr: { $match: "^0x(0|c)$" },
    },
    faulting: { id: 1, state: "running", topUser: "main.(*model).first", at: "nil" },
  }),
  windows("index", {
    panics: [{ value: { $match: "^runtime error: index out of range \\[2\\] with length 0$" } }],
    faulting: { id: 1, state: "running", topUser: "main.main", at: "index" },
  }),
  windows("deadlock", {
    kind: "fatal",
    fatal: { message: "all goroutines are asleep - deadlock!" },
    faulting: { id: 1, state: "select (no cases)", topUser: "main.main", at: "deadlock" },
  }),
];

export const elsewhere = [...others, ...machines, ...wine];
