/** What compare.mjs needs, in one bundle. */
export { compare, renderComparison } from "./compare.ts";
export { fileOf, loadRelease, readRecording } from "./store.ts";
