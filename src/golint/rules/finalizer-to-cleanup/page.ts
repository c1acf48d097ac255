import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Since Go 1.24 there is \`runtime.AddCleanup\`. For a finalizer that only gives a C handle back it is better in each way:

- a finalizer gets the object back, so the object and all it refers to stay for one more collection;
- an object in a cycle with a finalizer is never freed;
- \`SetFinalizer\` is fatal when called a second time, or on an element of a slice or a field of a struct.

\`\`\`go
m := &Model{handle: C.model_new()}
runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
\`\`\`

\`\`\`go
m := &Model{handle: C.model_new()}
runtime.AddCleanup(m, func(handle *C.model) { C.model_free(handle) }, m.handle)
\`\`\`

A cleanup is given the handle as it is now. It must not hold the object, and where \`Close\` frees the handle, \`Close\` must
call \`Stop\` on what \`AddCleanup\` returned. Methods that pass the handle to C need \`runtime.KeepAlive\` as before.

Silent: where the handle may be replaced later; where the object refers to others that may have finalizers, as
finalizers run in the order of references and cleanups in none; and where the finalizer does more than the one call.
`,
  zh: `Go 1.24 起有了 \`runtime.AddCleanup\`。如果 finalizer 只是归还一个 C 句柄，它在各方面都更好：

- finalizer 会拿回对象，因此对象及其引用的一切都要多存活一轮 GC；
- 处在环中的对象一旦设了 finalizer，就永远不会被释放；
- 重复调用 \`SetFinalizer\`，或对切片元素、结构体字段调用它，会致命退出。

\`\`\`go
m := &Model{handle: C.model_new()}
runtime.SetFinalizer(m, func(m *Model) { C.model_free(m.handle) })
\`\`\`

\`\`\`go
m := &Model{handle: C.model_new()}
runtime.AddCleanup(m, func(handle *C.model) { C.model_free(handle) }, m.handle)
\`\`\`

cleanup 收到的是此刻的句柄。它不能持有对象本身；如果 \`Close\` 也会释放句柄，就要在 \`Close\` 里对 \`AddCleanup\` 的返回值
调用 \`Stop\`。把句柄传给 C 的方法照旧需要 \`runtime.KeepAlive\`。

不报告的情况：句柄以后可能被替换；对象引用了其他可能带 finalizer 的对象（finalizer 按引用顺序运行，cleanup 没有顺序）；
finalizer 除了这一个调用还做了别的事。
`,
};
