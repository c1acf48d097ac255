import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A \`uintptr\` is a number. The garbage collector does not see it as a reference, and when a goroutine's stack grows and
moves, it is not adjusted. Only within one expression does the compiler treat \`uintptr(unsafe.Pointer(p))\` specially.

\`\`\`go
addr := uintptr(unsafe.Pointer(&node))
work() // the stack grows, or the object is collected
p := (*Node)(unsafe.Pointer(addr))
\`\`\`

\`\`\`go
addr := unsafe.Pointer(&node)
work()
p := (*Node)(addr)
next := unsafe.Add(addr, 8)
\`\`\`

Reported for locals, for fields and package variables of the same file, and for parameters and results of the package's
functions, when the address is surely one of Go memory. An argument \`uintptr(unsafe.Pointer(p))\` keeps nothing alive
during the call, unless it is one of package syscall or the function has \`//go:uintptrescapes\`.
Addresses of C memory, of mapped files, and of unknown origin may be kept in a \`uintptr\`. \`go vet\` shows most of these
lines as well, and others that are sound.
`,
  zh: `\`uintptr\` 是数字。垃圾回收器不把它当作引用，goroutine 的栈增长并移动时也不会更新它。
只有在同一个表达式内，编译器才会特殊处理 \`uintptr(unsafe.Pointer(p))\`。

\`\`\`go
addr := uintptr(unsafe.Pointer(&node))
work() // 栈增长，或者对象被回收
p := (*Node)(unsafe.Pointer(addr))
\`\`\`

\`\`\`go
addr := unsafe.Pointer(&node)
work()
p := (*Node)(addr)
next := unsafe.Add(addr, 8)
\`\`\`

检查局部变量、同一文件里的字段和包级变量，以及本包函数的参数和返回值；只有地址确定属于 Go 内存时才报告。实参
\`uintptr(unsafe.Pointer(p))\` 在调用期间不能让任何对象存活，除非调用的是 syscall 包，或函数带有 \`//go:uintptrescapes\`。C 内存、文件映射和来历不明的地址可以保存在
\`uintptr\` 里。\`go vet\` 也会显示其中大部分行，同时还会报告一些没有问题的写法。
`,
};
