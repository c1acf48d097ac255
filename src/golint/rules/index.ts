/** All rules, in the order they are listed. A new rule is a folder here and two lines in this file. */
import type { Rule } from "../rule.ts";
import { rule as cgoDoubleFree } from "./cgo-double-free/rule.ts";
import { rule as cgoEmptySlicePointer } from "./cgo-empty-slice-pointer/rule.ts";
import { rule as cgoFreeGoMemory } from "./cgo-free-go-memory/rule.ts";
import { rule as cgoMemoryLeak } from "./cgo-memory-leak/rule.ts";
import { rule as cgoUseAfterFree } from "./cgo-use-after-free/rule.ts";
import { rule as contextBroken } from "./context-broken/rule.ts";
import { rule as flusherUnchecked } from "./flusher-unchecked/rule.ts";
import { rule as httpBodyNotClosed } from "./http-body-not-closed/rule.ts";
import { rule as poolDoublePut } from "./pool-double-put/rule.ts";
import { rule as poolUseAfterPut } from "./pool-use-after-put/rule.ts";
import { rule as unsafeSliceLength } from "./unsafe-slice-length/rule.ts";

export const RULES: readonly Rule[] = [
  cgoMemoryLeak,
  cgoDoubleFree,
  cgoUseAfterFree,
  cgoFreeGoMemory,
  cgoEmptySlicePointer,
  unsafeSliceLength,
  httpBodyNotClosed,
  poolUseAfterPut,
  poolDoublePut,
  flusherUnchecked,
  contextBroken,
];
