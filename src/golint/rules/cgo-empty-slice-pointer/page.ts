import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`&s[0]\` is how a slice's memory is handed to C, and it panics with \`index out of range [0] with length 0\` when the
slice is empty: an empty prompt, a batch without entries, a file of no bytes.

\`\`\`go
C.embed((*C.float)(unsafe.Pointer(&v[0])), C.int(len(v)))
\`\`\`

\`\`\`go
C.embed((*C.float)(unsafe.Pointer(unsafe.SliceData(v))), C.int(len(v)))
\`\`\`

\`unsafe.SliceData\` (Go 1.20) gives a pointer for every slice; C sees the length 0 and must not look through it. Before
Go 1.20, return early when \`len(v) == 0\`.

Not reported where a length was compared on every way to the call, in the body of \`for range v\`, for slices made with
elements or as long as something computed elsewhere, where a check of the slice by another function ends the way, and for
functions of the package whose callers all make sure.
`,
  zh: `把切片内存交给 C 时常写 \`&s[0]\`，而切片为空（空提示词、没有条目的批次、零字节文件）时它会 panic：
\`index out of range [0] with length 0\`。

\`\`\`go
C.embed((*C.float)(unsafe.Pointer(&v[0])), C.int(len(v)))
\`\`\`

\`\`\`go
C.embed((*C.float)(unsafe.Pointer(unsafe.SliceData(v))), C.int(len(v)))
\`\`\`

\`unsafe.SliceData\`（Go 1.20）对任何切片都能给出指针；C 看到长度为 0，就不应该访问它。Go 1.20 之前请在
\`len(v) == 0\` 时提前返回。

不报告的情况：到达调用的每条路径上都比较过长度、位于 \`for range v\` 的循环体中、切片创建时就有元素或其长度由别处算出、
先由其他函数校验过切片且不通过就返回，以及包内函数的所有调用方都已保证非空。
`,
};
