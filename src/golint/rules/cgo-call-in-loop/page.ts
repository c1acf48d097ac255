import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A call from Go into C changes stacks and tells the scheduler: tens of nanoseconds, where a C call costs one or two. For
one tensor that is nothing; for each of its elements it is nearly all of the time.

\`\`\`go
for i, v := range vector {
	C.set(buffer, C.int(i), C.float(v)) // len(vector) calls
}
\`\`\`

\`\`\`go
// static void set_all(struct buffer *b, const float *v, size_t n) { ... }
C.set_all(buffer, (*C.float)(unsafe.SliceData(vector)), C.size_t(len(vector)))
\`\`\`

A slice of \`float32\` is laid out as C's \`float\` array; no copy is needed, and C may read it until the call returns.

A hint: for a few elements, or a C function that works long, leave it. Reported is only a loop over a slice of numbers
whose body is the one call.
`,
  zh: `从 Go 调用 C 要切换栈并通知调度器，需要几十纳秒，而 C 内部的一次调用只要一两纳秒。对一个张量调用一次无所谓；对每个元素都调用，时间就几乎全花在这里。

\`\`\`go
for i, v := range vector {
	C.set(buffer, C.int(i), C.float(v)) // 调用 len(vector) 次
}
\`\`\`

\`\`\`go
// static void set_all(struct buffer *b, const float *v, size_t n) { ... }
C.set_all(buffer, (*C.float)(unsafe.SliceData(vector)), C.size_t(len(vector)))
\`\`\`

\`[]float32\` 的内存布局就是 C 的 \`float\` 数组，不需要复制；在调用返回之前，C 可以直接读它。

只作提示：元素很少，或者 C 函数本身很耗时，就不必改。只报告遍历数值切片、循环体里只有这一次调用的循环。
`,
};
