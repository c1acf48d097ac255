import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `An address may be a number only inside one expression, \`unsafe.Pointer(uintptr(p) + n)\`, with the pointer on the left
and \`+\`, \`-\` or \`&^\` between. There the compiler keeps the object alive and where it is. From Go 1.17
\`unsafe.Add(p, n)\` says the same and cannot be written wrongly.

\`\`\`go
next := unsafe.Pointer(v.Pointer() + 8) // freed before 8 is added?
\`\`\`

\`\`\`go
next := unsafe.Add(unsafe.Pointer(v.Pointer()), 8)
\`\`\`

Reported:

- \`n - uintptr(p)\`, and sums of two addresses, which point nowhere; \`n + uintptr(p)\` as a hint, because it is sound but not
  among the allowed patterns;
- something added to \`reflect.Value.Pointer()\`, \`UnsafeAddr()\`, or to \`Data\` of a header, before the conversion;
- \`Data\` of a header that is a variable of its own, a copy, or of a type that only looks like reflect's;
- as a hint, \`addr := uintptr(p)\` with the way back in a later statement, where nothing says whose memory it is.
  \`uintptr-held\` has the cases in which it is surely Go's.

\`go vet\` shows all of these, and results of functions as well, which may be addresses of C or of a mapped file; it mends none.
`,
  zh: `地址只能在一个表达式内部以数字形式存在：\`unsafe.Pointer(uintptr(p) + n)\`，指针在左边，中间是 \`+\`、\`-\` 或 \`&^\`。
编译器在这里保证对象存活并留在原处。从 Go 1.17 起，\`unsafe.Add(p, n)\` 含义相同，而且不会写错。

\`\`\`go
next := unsafe.Pointer(v.Pointer() + 8) // 加 8 之前也许已被回收
\`\`\`

\`\`\`go
next := unsafe.Add(unsafe.Pointer(v.Pointer()), 8)
\`\`\`

报告的情形：

- \`n - uintptr(p)\`，以及两个地址相加，结果不指向任何对象；\`n + uintptr(p)\` 能用，但不在允许的写法之列，作为提示；
- 转换之前先对 \`reflect.Value.Pointer()\`、\`UnsafeAddr()\` 或头的 \`Data\` 做加减；
- 头是独立变量或副本，或者只是与 reflect 的头形似的类型，却转换它的 \`Data\`；
- \`addr := uintptr(p)\`，到后面的语句才转回指针，又看不出是谁的内存：作为提示。确定属于 Go 内存的情形由
  \`uintptr-held\` 报告。

以上 \`go vet\` 都会显示，它还会显示函数返回值（可能是 C 内存或文件映射的地址），但不提供修复。
`,
};
