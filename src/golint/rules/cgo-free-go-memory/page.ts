import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`C.free\` takes what \`C.malloc\`, \`C.CString\` or \`C.CBytes\` gave, and nothing else. A pointer to a Go variable,
to an element of a Go slice, or from \`new\` makes glibc print \`free(): invalid pointer\` and abort.

\`\`\`go
buf := make([]byte, 64)
C.fill((*C.char)(unsafe.Pointer(&buf[0])), 64)
C.free(unsafe.Pointer(&buf[0])) // SIGABRT
\`\`\`

Take the call out: the garbage collector frees the slice.
`,
  zh: `\`C.free\` 只能释放 \`C.malloc\`、\`C.CString\`、\`C.CBytes\` 分配的内存。传入指向 Go 变量、Go 切片元素或 \`new\` 结果的指针，
glibc 会输出 \`free(): invalid pointer\` 并中止进程。

\`\`\`go
buf := make([]byte, 64)
C.fill((*C.char)(unsafe.Pointer(&buf[0])), 64)
C.free(unsafe.Pointer(&buf[0])) // SIGABRT
\`\`\`

去掉这次调用即可：切片由垃圾回收器回收。
`,
};
