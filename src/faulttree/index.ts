/** The fault tree: a CrashReport in, a Diagnosis out. Needs no Node built-in. */
export {
  Catalog,
  type CatalogIndex,
  type CatalogPages,
  type CausePage,
  type EventPage,
  type FixFile,
  type IndexedCause,
  type IndexedEvent,
} from "./catalog.ts";
export { diagnose } from "./diagnose.ts";
export type * from "./diagnosis.ts";
export { compileRe2, Re2Error, translateRe2 } from "./re2.ts";
