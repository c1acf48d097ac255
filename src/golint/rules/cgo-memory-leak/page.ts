import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`C.CString\`, \`C.CBytes\`, \`C.malloc\`, \`C.calloc\` and \`C.strdup\` return memory from C's heap. Go's garbage
collector does not see it, \`runtime.MemStats\` does not count it, and pprof's heap profile does not show it: only the
process grows.

\`\`\`go
func Load(path string) int {
	return int(C.model_load(C.CString(path))) // a few bytes lost with each call
}
\`\`\`

\`\`\`go
func Load(path string) int {
	cpath := C.CString(path)
	defer C.free(unsafe.Pointer(cpath))
	return int(C.model_load(cpath))
}
\`\`\`

Not reported: memory that is returned, stored, passed to a Go function that may free or keep it, or passed to a C
function whose name says that it frees or keeps it. If C does keep it, say so: \`//golm:ignore cgo-memory-leak the library owns it\`.
`,
  zh: `\`C.CString\`、\`C.CBytes\`、\`C.malloc\`、\`C.calloc\`、\`C.strdup\` 返回的是 C 堆上的内存。Go 的垃圾回收器看不到它，
\`runtime.MemStats\` 不统计它，pprof 的堆剖析里也没有它：只有进程在变大。

\`\`\`go
func Load(path string) int {
	return int(C.model_load(C.CString(path))) // 每次调用丢失几个字节
}
\`\`\`

\`\`\`go
func Load(path string) int {
	cpath := C.CString(path)
	defer C.free(unsafe.Pointer(cpath))
	return int(C.model_load(cpath))
}
\`\`\`

不报告的情况：内存被返回、被存放、传给可能释放或保留它的 Go 函数，或者传给从名字就能看出会释放或保留它的 C 函数。
如果 C 库确实会保留这块内存，请写明：\`//golm:ignore cgo-memory-leak 由库负责释放\`。
`,
};
