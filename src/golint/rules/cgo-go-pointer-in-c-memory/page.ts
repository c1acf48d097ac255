import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Memory from \`C.malloc\`, \`C.calloc\` or a library is not scanned by the garbage collector. A Go pointer written into
it keeps nothing alive: C later reads memory that holds something else. No check of a normal build sees the store;
\`GOEXPERIMENT=cgocheck2 go build\` makes a program that stops at it.

\`\`\`go
req := (*C.struct_request)(C.calloc(1, C.sizeof_struct_request))
req.data = (*C.float)(unsafe.Pointer(&vector[0])) // vector may be gone when C reads it
C.submit(req)
\`\`\`

\`\`\`go
pinner.Pin(&vector[0]) // Go 1.21; Unpin when C is done
req.data = (*C.float)(unsafe.Pointer(&vector[0]))
\`\`\`

Or copy the data into C memory. \`runtime.KeepAlive\` keeps the memory in practice, but breaks the rule all the same.
The fix unpins when the function returns; it is made by \`--fix\` only where the function frees the C memory as well.

Silent: where the function pins anything, and where the memory may be Go's.
`,
  zh: `\`C.malloc\`、\`C.calloc\` 或 C 库分配的内存不受垃圾回收器扫描。写进去的 Go 指针保不住任何东西，C 之后读到的可能已是别的内容。
普通构建没有任何检查能发现这次写入；用 \`GOEXPERIMENT=cgocheck2 go build\` 构建的程序会在写入处停下。

\`\`\`go
req := (*C.struct_request)(C.calloc(1, C.sizeof_struct_request))
req.data = (*C.float)(unsafe.Pointer(&vector[0])) // C 读取时 vector 可能已被回收
C.submit(req)
\`\`\`

\`\`\`go
pinner.Pin(&vector[0]) // Go 1.21；C 用完之后再 Unpin
req.data = (*C.float)(unsafe.Pointer(&vector[0]))
\`\`\`

也可以把数据复制到 C 内存。\`runtime.KeepAlive\` 实际上能保住内存，但仍违反 cgo 的规则。
修复会在函数返回时 \`Unpin\`；只有函数自己也释放这块 C 内存时，\`--fix\` 才会自动应用。

不报告的情况：函数里用到了固定（pin）；这块内存可能属于 Go。
`,
};
