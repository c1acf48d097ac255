import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`unsafe.Slice(p, n)\` and \`unsafe.String(p, n)\` panic when \`n\` is negative, with \`unsafe.Slice: len out of range\`.
\`C.GoBytes(p, n)\` panics as well, and \`C.GoStringN(p, n)\` ends the process for want of memory.
C functions report errors by a negative count, so the panic comes when something else has failed already and hides it.

\`\`\`go
n := C.tokenize(ctx, text, &p)
tokens := unsafe.Slice(p, n) // panics when tokenize returns -1
\`\`\`

\`\`\`go
n := C.tokenize(ctx, text, &p)
if n < 0 {
	return nil, fmt.Errorf("tokenize: %d", n)
}
tokens := unsafe.Slice(p, n)
\`\`\`

Reported for signed results of C functions that the preamble declares, for \`strconv.Atoi\` and \`ParseInt\`, for parameters
of exported functions, and for \`len(x) - 4\`, where nothing on the way looked at the value.
`,
  zh: `\`n\` 为负时，\`unsafe.Slice(p, n)\` 和 \`unsafe.String(p, n)\` 会 panic：\`unsafe.Slice: len out of range\`。
\`C.GoBytes(p, n)\` 同样 panic，\`C.GoStringN(p, n)\` 则因内存不足终止进程。C 函数用负的个数表示出错，所以这个 panic 出现时别处已经失败，真正的错误反而被掩盖。

\`\`\`go
n := C.tokenize(ctx, text, &p)
tokens := unsafe.Slice(p, n) // tokenize 返回 -1 时 panic
\`\`\`

\`\`\`go
n := C.tokenize(ctx, text, &p)
if n < 0 {
	return nil, fmt.Errorf("tokenize: %d", n)
}
tokens := unsafe.Slice(p, n)
\`\`\`

以下情况如果一路上没有检查过数值就会报告：前导代码中声明的 C 函数的有符号返回值、\`strconv.Atoi\` 和 \`ParseInt\` 的结果、
导出函数的参数，以及 \`len(x) - 4\` 这样的减法。
`,
};
