/** What the editor may ask for. */
import type { DebugProtocol } from "@vscode/debugprotocol";

const EXCEPTIONS: DebugProtocol.ExceptionBreakpointsFilter[] = [
  { filter: "unrecovered-panic", label: "Unrecovered Panics", default: true },
  { filter: "runtime-fatal-throw", label: "Fatal Throws", default: true },
];

/** Said before it is known what is debugged. */
export const AT_FIRST: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  exceptionBreakpointFilters: EXCEPTIONS,
  supportsSetVariable: true,
  supportsExceptionInfoRequest: true,
  // A first reply of one frame would be the runtime's, and the editor would go there.
  supportsDelayedStackTraceLoading: false,
  supportsLogPoints: true,
  supportsDataBreakpoints: true,
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
  supportsDisassembleRequest: true,
  supportsClipboardContext: true,
  supportsSteppingGranularity: true,
  supportsInstructionBreakpoints: true,
  supportTerminateDebuggee: true,
};

/** A core stands still for ever. */
export const OF_A_CORE: DebugProtocol.Capabilities = {
  supportsFunctionBreakpoints: false,
  supportsConditionalBreakpoints: false,
  supportsHitConditionalBreakpoints: false,
  exceptionBreakpointFilters: [],
  supportsSetVariable: false,
  supportsLogPoints: false,
  supportsDataBreakpoints: false,
  supportsWriteMemoryRequest: false,
  supportsSteppingGranularity: false,
  supportsInstructionBreakpoints: false,
  supportTerminateDebuggee: false,
};

/** What Delve has and this adapter does not pass on: a restart would lose the recipe's place. */
export function ofDelve(delve: DebugProtocol.Capabilities): DebugProtocol.Capabilities {
  const known = Object.keys(AT_FIRST) as (keyof DebugProtocol.Capabilities)[];
  const missing = known.filter((name) => AT_FIRST[name] === true && delve[name] !== true && !OURS.has(name));
  return Object.fromEntries(missing.map((name) => [name, false]));
}

const OURS = new Set<keyof DebugProtocol.Capabilities>(["supportTerminateDebuggee"]);
