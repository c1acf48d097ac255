/** What a minidump's exception and modules tell. Pure. */
import type { CoreInfo, MappedFile, WindowsException } from "../core-notes.ts";
import { baseName } from "../minidump.ts";
import type { CoreReason, NativeFrame } from "./findings.ts";
import { signalName } from "./signals.ts";

/** What the runtime gives when it ends by itself and there was no exception. Source: runtime/signal_windows.go. */
const GAVE_UP = 2;
const ACCESS_VIOLATIONS = new Set([0xc0000005, 0xc0000006]);
const ACCESS = ["read", "write", "execute"] as const;

/** The exception as a reason, where the runtime did not turn it into a panic. `none` where the dump has none. */
export function reasonOfException({ windows, files }: CoreInfo): CoreReason {
  const exception = windows?.exception;
  if (!exception || exception.code === GAVE_UP || exception.code === 0) return { kind: "none" };
  const pc = exception.pc ?? exception.address;
  const [code] = exception.parameters;
  const address = faultAddress(exception);
  return {
    kind: "signal",
    signal: {
      number: exception.code,
      name: signalName(exception.code),
      ...(code !== undefined && { code: Number(BigInt.asIntN(53, code)) }),
      ...(address !== undefined && { address }),
      pc,
    },
    inCgo: !holds(files[0], BigInt(pc)),
  };
}

/** Where in which library the exception struck: Delve knows the program alone. */
export function nativeFrameOf({ windows, files }: CoreInfo): NativeFrame | undefined {
  const pc = windows?.exception && (windows.exception.pc ?? windows.exception.address);
  return pc === undefined ? undefined : { function: placeText(files, pc), pc };
}

/** `EXCEPTION_ACCESS_VIOLATION, read of 0x8, at msvcrt.dll+0x536f0`. */
export function exceptionText({ windows, files }: CoreInfo): string {
  const exception = windows?.exception;
  if (!exception) return "no exception";
  const address = faultAddress(exception);
  const access = ACCESS_VIOLATIONS.has(exception.code) && accessOf(exception);
  return [
    exception.code === GAVE_UP ? "exception 0x2: Go panic or fatal error" : signalName(exception.code),
    ...(access && address !== undefined ? [`${access} of ${address}`] : []),
    `at ${placeText(files, exception.pc ?? exception.address)}`,
  ].join(", ");
}

function accessOf({ parameters }: WindowsException): string {
  return ACCESS[Number(parameters[0] === 8n ? 2n : (parameters[0] ?? 0n))] ?? "access";
}

function faultAddress({ code, parameters }: WindowsException): string | undefined {
  const [, address] = parameters;
  return ACCESS_VIOLATIONS.has(code) && address !== undefined ? `0x${address.toString(16)}` : undefined;
}

function placeText(files: readonly MappedFile[], pc: string): string {
  const module = files.find((each) => holds(each, BigInt(pc)));
  return module ? `${baseName(module.path)}+0x${(BigInt(pc) - module.start).toString(16)}` : pc;
}

function holds(module: MappedFile | undefined, address: bigint): boolean {
  return module !== undefined && module.start <= address && address < module.end;
}
