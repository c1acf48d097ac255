/** All rules, in the order they are listed. A new rule is a folder here and two lines in this file. */
import type { Rule } from "../rule.ts";
import { rule as bytesStringAlias } from "./bytes-string-alias/rule.ts";
import { rule as cgoCallInLoop } from "./cgo-call-in-loop/rule.ts";
import { rule as cgoCallbackPanic } from "./cgo-callback-panic/rule.ts";
import { rule as cgoCallbackPointerKept } from "./cgo-callback-pointer-kept/rule.ts";
import { rule as cgoDoubleFree } from "./cgo-double-free/rule.ts";
import { rule as cgoEmptySlicePointer } from "./cgo-empty-slice-pointer/rule.ts";
import { rule as cgoFreeGoMemory } from "./cgo-free-go-memory/rule.ts";
import { rule as cgoGoPointerInCMemory } from "./cgo-go-pointer-in-c-memory/rule.ts";
import { rule as cgoGoTypePassed } from "./cgo-go-type-passed/rule.ts";
import { rule as cgoIntNarrowing } from "./cgo-int-narrowing/rule.ts";
import { rule as cgoMemoryLeak } from "./cgo-memory-leak/rule.ts";
import { rule as cgoMirroredStruct } from "./cgo-mirrored-struct/rule.ts";
import { rule as cgoNestedGoPointer } from "./cgo-nested-go-pointer/rule.ts";
import { rule as cgoThreadState } from "./cgo-thread-state/rule.ts";
import { rule as cgoUncheckedNull } from "./cgo-unchecked-null/rule.ts";
import { rule as cgoUseAfterFree } from "./cgo-use-after-free/rule.ts";
import { rule as contextBroken } from "./context-broken/rule.ts";
import { rule as finalizerCapturesObject } from "./finalizer-captures-object/rule.ts";
import { rule as flusherUnchecked } from "./flusher-unchecked/rule.ts";
import { rule as httpBodyNotClosed } from "./http-body-not-closed/rule.ts";
import { rule as missingKeepalive } from "./missing-keepalive/rule.ts";
import { rule as poolDoublePut } from "./pool-double-put/rule.ts";
import { rule as poolUseAfterPut } from "./pool-use-after-put/rule.ts";
import { rule as reflectZeroValue } from "./reflect-zero-value/rule.ts";
import { rule as sendAfterClose } from "./send-after-close/rule.ts";
import { rule as sliceHeaderLiteral } from "./slice-header-literal/rule.ts";
import { rule as stringBytesWrite } from "./string-bytes-write/rule.ts";
import { rule as uintptrArithmetic } from "./uintptr-arithmetic/rule.ts";
import { rule as uintptrHeld } from "./uintptr-held/rule.ts";
import { rule as unsafeCastLarger } from "./unsafe-cast-larger/rule.ts";
import { rule as unsafeSliceLength } from "./unsafe-slice-length/rule.ts";
import { rule as waitgroupAddInGoroutine } from "./waitgroup-add-in-goroutine/rule.ts";

export const RULES: readonly Rule[] = [
  cgoMemoryLeak,
  cgoDoubleFree,
  cgoUseAfterFree,
  cgoFreeGoMemory,
  cgoEmptySlicePointer,
  unsafeSliceLength,
  cgoNestedGoPointer,
  cgoGoPointerInCMemory,
  cgoGoTypePassed,
  cgoCallbackPointerKept,
  cgoUncheckedNull,
  cgoIntNarrowing,
  cgoMirroredStruct,
  cgoThreadState,
  cgoCallbackPanic,
  cgoCallInLoop,
  missingKeepalive,
  finalizerCapturesObject,
  uintptrHeld,
  uintptrArithmetic,
  sliceHeaderLiteral,
  stringBytesWrite,
  bytesStringAlias,
  unsafeCastLarger,
  httpBodyNotClosed,
  poolUseAfterPut,
  poolDoublePut,
  flusherUnchecked,
  contextBroken,
  sendAfterClose,
  waitgroupAddInGoroutine,
  reflectZeroValue,
];

const ids = new Set(RULES.map(({ id }) => id));

/** Whether a finding's id is a rule's; the others tell what is wrong with a directive. */
export const isRule = (id: string): boolean => ids.has(id);
