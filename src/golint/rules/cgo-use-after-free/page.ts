import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Freed memory is not empty memory: it still holds the old bytes until the allocator gives it to somebody else, so
the fault shows under load and not in a test. AddressSanitizer (\`go build -asan\`) shows it at once.

\`\`\`go
cs := C.CString(prompt)
C.free(unsafe.Pointer(cs))
C.tokenize(cs) // reads what is no longer ours
\`\`\`

\`\`\`go
cs := C.CString(prompt)
defer C.free(unsafe.Pointer(cs))
C.tokenize(cs)
\`\`\`
`,
  zh: `释放后的内存不会被清空：在分配器把它交给别人之前，里面还是旧数据，所以测试时看不出来，负载一高就出错。
用 AddressSanitizer（\`go build -asan\`）可以立即发现。

\`\`\`go
cs := C.CString(prompt)
C.free(unsafe.Pointer(cs))
C.tokenize(cs) // 读取的内存已不属于我们
\`\`\`

\`\`\`go
cs := C.CString(prompt)
defer C.free(unsafe.Pointer(cs))
C.tokenize(cs)
\`\`\`
`,
};
