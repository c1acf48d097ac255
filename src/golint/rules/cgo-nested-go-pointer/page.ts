import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `While a C function runs, cgo keeps the memory its arguments point to. It does not look further: a Go pointer
inside that memory must be pinned. With \`GODEBUG=cgocheck=1\`, the default, the runtime looks and panics:
\`cgo argument has Go pointer to unpinned Go pointer\`.

\`\`\`go
var batch C.struct_batch
batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
C.decode(&batch) // panics with each call
\`\`\`

\`\`\`go
var pinner runtime.Pinner // Go 1.21
defer pinner.Unpin()
pinner.Pin(&tokens[0])
var batch C.struct_batch
batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
C.decode(&batch)
\`\`\`

A struct passed by value, \`C.decode(batch)\`, may hold pointers to Go memory that has no pointers itself; no finding
then. Pinned memory is free to move again after \`Unpin\`: when C keeps the pointer, unpin when C lets go of it.

A Go struct with strings, slices or maps handed over as \`unsafe.Pointer(p)\` fails in the same way as soon as one of
them is not empty. As user data for a callback, pass a \`cgo.Handle\`.

Silent: where the function pins anything, and where a pointer may be C's.
`,
  zh: `C 函数运行期间，cgo 会保住参数所指向的内存，但只管这一层：这块内存里的 Go 指针必须自己固定。
默认的 \`GODEBUG=cgocheck=1\` 下，运行时会检查并 panic：\`cgo argument has Go pointer to unpinned Go pointer\`。

\`\`\`go
var batch C.struct_batch
batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
C.decode(&batch) // 每次调用都会 panic
\`\`\`

\`\`\`go
var pinner runtime.Pinner // Go 1.21
defer pinner.Unpin()
pinner.Pin(&tokens[0])
var batch C.struct_batch
batch.tokens = (*C.int)(unsafe.Pointer(&tokens[0]))
C.decode(&batch)
\`\`\`

按值传递的结构体（\`C.decode(batch)\`）可以含有指向 Go 内存的指针，只要那块内存本身不含指针，此时不报告。
\`Unpin\` 之后内存不再受保护：如果 C 会保留指针，应等 C 不再使用时才 \`Unpin\`。

把含有字符串、切片或 map 的 Go 结构体以 \`unsafe.Pointer(p)\` 传给 C，只要其中一个字段非空，同样会 panic。
作为回调的用户数据时，请传 \`cgo.Handle\`。

不报告的情况：函数里用到了固定（pin）；指针可能属于 C。
`,
};
