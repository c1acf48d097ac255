import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A Go pointer handed to C is good until the C function returns. A function that registers a callback keeps its user
data longer: once Go has no reference of its own, the memory is used for something else, and the callback gets a
pointer to that.

\`\`\`go
s := &session{id: 7}
C.set_token_callback((C.token_cb)(C.onToken), unsafe.Pointer(s)) // kept
\`\`\`

A \`cgo.Handle\` is a number that keeps the value alive and finds it again:

\`\`\`go
h := cgo.NewHandle(s) // h.Delete() when C has forgotten it
C.set_token_callback_handle((C.token_cb)(C.onToken), C.uintptr_t(h))
\`\`\`

Where the library wants a \`void *\`, write the conversion in the preamble:
\`static void set_token_callback_handle(token_cb cb, uintptr_t h) { set_token_callback(cb, (void *)h); }\`.
The address of a handle, \`unsafe.Pointer(&h)\`, is a Go pointer like any other.

Reported: a C function whose body, in the preamble, stores the pointer; and one that by its name registers a callback,
given a C function along with the pointer. Silent: variables of the package, functions that pin something, and
functions that take the registration back themselves.
`,
  zh: `传给 C 的 Go 指针只在该 C 函数返回之前有效。注册回调的函数会更久地保留用户数据：一旦 Go 这边没有引用了，
这块内存就会挪作他用，回调拿到的指针也就指向了别的内容。

\`\`\`go
s := &session{id: 7}
C.set_token_callback((C.token_cb)(C.onToken), unsafe.Pointer(s)) // 被 C 保留
\`\`\`

\`cgo.Handle\` 是一个整数，它保住对应的值，也能把值找回来：

\`\`\`go
h := cgo.NewHandle(s) // C 不再使用后调用 h.Delete()
C.set_token_callback_handle((C.token_cb)(C.onToken), C.uintptr_t(h))
\`\`\`

如果库要的是 \`void *\`，就在导言里转换：
\`static void set_token_callback_handle(token_cb cb, uintptr_t h) { set_token_callback(cb, (void *)h); }\`。
handle 的地址 \`unsafe.Pointer(&h)\` 和其他 Go 指针没有区别。

报告的情况：导言中的函数体存下了这个指针；或者从名字看是注册回调，并且同时传入了 C 函数。
不报告的情况：包级变量；函数里用到了固定（pin）；函数自己会撤销注册。
`,
};
