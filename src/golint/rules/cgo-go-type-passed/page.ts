import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A slice variable is a header of three words; its elements are elsewhere. \`&s\` is the address of the header, \`&s[0]\`
or \`unsafe.SliceData(s)\` that of the elements. The same holds for strings. Maps, channels, interfaces and functions
are made of pointers that only Go understands.

\`\`\`go
buf := make([]byte, 512)
C.read_into(unsafe.Pointer(&buf), 512) // panics, or overwrites the header
\`\`\`

\`\`\`go
C.read_into(unsafe.Pointer(unsafe.SliceData(buf)), 512)
\`\`\`

A Go function is not a C function pointer, neither its value nor the address of its code: it has another calling
convention and needs a goroutine. Write a function with \`//export\` and pass \`C.name\`. For C to hand a Go value back
to a callback, give it a \`cgo.Handle\`.

\`go vet\` shows \`unsafe.Pointer(&v)\` of a slice, map, channel or function variable too (its \`cgocall\` check), not
of a field.
Silent: where the type is not known, where the function pins anything, and for \`C.GoString\` or \`C.GoSlice\`, which
are Go's own headers.
`,
  zh: `切片变量只是三个字的头部，元素在别处。\`&s\` 是头部的地址，\`&s[0]\` 或 \`unsafe.SliceData(s)\` 才是元素的地址。字符串也一样。
map、channel、接口和函数由只有 Go 才理解的指针构成。

\`\`\`go
buf := make([]byte, 512)
C.read_into(unsafe.Pointer(&buf), 512) // panic，或者改写了头部
\`\`\`

\`\`\`go
C.read_into(unsafe.Pointer(unsafe.SliceData(buf)), 512)
\`\`\`

Go 函数不是 C 函数指针，函数值和代码地址都不是：调用约定不同，而且需要 goroutine。请用 \`//export\` 写一个导出函数，传 \`C.名称\`。
要让 C 在回调时把 Go 的值交回来，请传 \`cgo.Handle\`。

变量为切片、map、channel、函数时，\`go vet\` 的 \`cgocall\` 检查也会报告 \`unsafe.Pointer(&v)\`，但不看字段。
不报告的情况：类型未知；函数里用到了固定（pin）；\`C.GoString\`、\`C.GoSlice\` 等本来就要 Go 头部的类型。
`,
};
