/**
 * Recipes for debuggers: steps of the catalogue, or of a workspace, as scripts and requests. Pure.
 * `own.ts` reads a workspace's files; it is apart because it loads yaml and zod.
 */
export { type CrashPlace, crashPlace, fillRecipe, isExample } from "./crash.ts";
export { type DapRecipe, type DapRequest, dapRecipe } from "./dap.ts";
export { dlvCommand, dlvScript } from "./dlv.ts";
export { type DebuggerFrame, findFrame, isUser } from "./frames.ts";
export { gdbCommand, gdbScript } from "./gdb.ts";
export * from "./model.ts";
export type { RenderOptions } from "./render.ts";
