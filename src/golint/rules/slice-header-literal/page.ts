import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`reflect.SliceHeader\` and \`reflect.StringHeader\` hold the address in a \`uintptr\`. A header made as a literal is not a
slice yet: the collector sees a number. If it runs before the conversion, the memory may be gone; if the stack moves, the
slice points to the old one. What follows is \`found bad pointer in Go heap\`, or values of others.

\`\`\`go
h := reflect.SliceHeader{Data: uintptr(unsafe.Pointer(p)), Len: n, Cap: n}
b := *(*[]byte)(unsafe.Pointer(&h))
\`\`\`

\`\`\`go
b := unsafe.Slice(p, n)
\`\`\`

Structs of the package with the fields \`uintptr\`, \`int\` and \`int\` are headers too. \`go vet\` shows those of reflect.

Not reported: memory of C, and what another package's call answers where its type is not told: nothing moves it.
`,
  zh: `\`reflect.SliceHeader\` 和 \`reflect.StringHeader\` 用 \`uintptr\` 保存地址。以字面量构造的头还不是切片：
GC 看到的只是数字。如果 GC 在转换之前运行，内存可能已被回收；如果栈移动了，切片指向的就是旧栈。
结果是 \`found bad pointer in Go heap\`，或者读到别人的数据。

\`\`\`go
h := reflect.SliceHeader{Data: uintptr(unsafe.Pointer(p)), Len: n, Cap: n}
b := *(*[]byte)(unsafe.Pointer(&h))
\`\`\`

\`\`\`go
b := unsafe.Slice(p, n)
\`\`\`

包内由 \`uintptr\`、\`int\`、\`int\` 字段组成的结构体也按头处理。reflect 的头 \`go vet\` 也会报告。

不报告的情况：C 的内存，以及由其他包的调用返回、类型无从得知的地址：这类内存不会被移动。
`,
};
