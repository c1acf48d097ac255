import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A context made from a model uses the model until it is freed. C knows that by a pointer; the collector sees two Go values
that have nothing to do with each other. The model's finalizer runs as soon as nobody holds the model, and the context
works on freed memory.

\`\`\`go
func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.SetFinalizer(c, func(c *Context) { C.context_free(c.handle) })
	return c
}
\`\`\`

\`\`\`go
	c := &Context{handle: C.context_new(m.handle), model: m} // finalizers run in the order of references
\`\`\`

Cleanups run in no order, not even along references. What one needs must be held by its function or argument:

\`\`\`go
	runtime.AddCleanup(c, func(handle *C.context) {
		C.context_free(handle)
		runtime.KeepAlive(m) // captured: m is there until here
	}, c.handle)
\`\`\`

Reported for constructors that pass the handle of a parameter to C and keep what comes back, where both types are freed
by finalizers or cleanups. Silent for parents that by their name C only reads (options, configs, status), and where the
parent is stored or handed on in any way. A library that counts references needs none of it: ignore the finding then.
`,
  zh: `由模型创建的上下文在释放之前一直要用模型。C 靠指针知道这一点，而在 GC 看来，这是两个毫不相干的 Go 对象。一旦没人持有模型，
它的 finalizer 就会运行，上下文便在操作已释放的内存。

\`\`\`go
func NewContext(m *Model) *Context {
	c := &Context{handle: C.context_new(m.handle)}
	runtime.SetFinalizer(c, func(c *Context) { C.context_free(c.handle) })
	return c
}
\`\`\`

\`\`\`go
	c := &Context{handle: C.context_new(m.handle), model: m} // finalizer 按引用顺序运行
\`\`\`

cleanup 没有任何顺序，有引用也一样。它需要的东西必须由它的函数或参数持有：

\`\`\`go
	runtime.AddCleanup(c, func(handle *C.context) {
		C.context_free(handle)
		runtime.KeepAlive(m) // 被捕获：m 会存活到这里
	}, c.handle)
\`\`\`

检查的是这样的构造函数：把参数的句柄传给 C 并保存返回的对象，而且两个类型都靠 finalizer 或 cleanup 释放。从名字看 C 只是读取的
父对象（options、config、status）不报告；父对象以任何方式被保存或交给别处时也不报告。如果 C 库自己有引用计数，就不存在这个问题，
可以忽略该提示。
`,
};
