import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `The runtime keeps the function of a finalizer or cleanup, and all it captures, as long as the object lives. If the
function refers to the object, the object lives for ever: no error, no log line, only memory that grows.

\`\`\`go
runtime.SetFinalizer(m, func(*Model) { C.model_free(m.handle) }) // captures m
runtime.AddCleanup(m, func(int) { m.Close() }, 0)                // captures m
runtime.AddCleanup(m, free, m)                                   // panics
\`\`\`

\`\`\`go
runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) }) // its own parameter
runtime.AddCleanup(m, func(h *C.model) { C.model_free(h) }, m.handle)
\`\`\`

\`AddCleanup\` panics when its argument is the object itself. Go 1.26 also panics when the argument points into the object
and when the closure captures it; before, and for finalizers always, it leaks without a word.
`,
  zh: `finalizer 或 cleanup 的函数以及它捕获的一切，在对象存活期间都由运行时保留。如果函数引用了该对象，对象就永远存活：
没有错误，没有日志，只有内存不断增长。

\`\`\`go
runtime.SetFinalizer(m, func(*Model) { C.model_free(m.handle) }) // 捕获了 m
runtime.AddCleanup(m, func(int) { m.Close() }, 0)                // 捕获了 m
runtime.AddCleanup(m, free, m)                                   // panic
\`\`\`

\`\`\`go
runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) }) // 用自己的参数
runtime.AddCleanup(m, func(h *C.model) { C.model_free(h) }, m.handle)
\`\`\`

参数就是对象本身时，\`AddCleanup\` 会 panic。Go 1.26 中，参数指向对象内部或闭包捕获了对象时也会 panic；
更早的版本以及 finalizer 则悄无声息地泄漏。
`,
};
