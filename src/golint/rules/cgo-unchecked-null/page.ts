import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `C has no errors: a function that could not do its work returns NULL. Go passes the nil pointer on like any other,
and C faults on it. The signal ends the process; no \`recover\` sees it.

\`\`\`go
model := C.llama_model_load_from_file(path, params)
ctx := C.llama_init_from_model(model, cparams) // SIGSEGV where the file is missing
\`\`\`

\`\`\`go
if model == nil {
	return fmt.Errorf("load %s", name)
}
\`\`\`

\`C.malloc\` needs no check: cgo's \`C.malloc\` never returns nil, it crashes the program when the memory does not
suffice, and \`if p == nil\` behind it is dead code. \`C.calloc\`, \`C.realloc\` and the allocators of libraries return
NULL. \`p = C.realloc(p, n)\` loses the old block then: use a second variable.

Reported: a list of functions that fail in ordinary use (\`fopen\`, \`dlopen\`, loaders of llama.cpp, whisper.cpp, gguf,
TensorFlow Lite and others), preamble functions that return theirs, functions of the preamble or a header that open,
make or find something and \`return NULL\` themselves, and allocators with a size that is not constant.
Silent: when anything compares the pointer or the error beside it, or a Go function was given it first.
`,
  zh: `C 没有 error：没做成事的函数就返回 NULL。Go 会把 nil 指针照常传下去，C 访问它就出错。这个信号会结束整个进程，
\`recover\` 接不住。

\`\`\`go
model := C.llama_model_load_from_file(path, params)
ctx := C.llama_init_from_model(model, cparams) // 文件不存在时 SIGSEGV
\`\`\`

\`\`\`go
if model == nil {
	return fmt.Errorf("load %s", name)
}
\`\`\`

\`C.malloc\` 不需要检查：cgo 的 \`C.malloc\` 从不返回 nil，内存不足时直接让程序崩溃，后面的 \`if p == nil\` 永远不会成立。
\`C.calloc\`、\`C.realloc\` 和各个库的分配函数则会返回 NULL。这时 \`p = C.realloc(p, n)\` 会丢掉原来的内存块，请另用一个变量。

报告的情况：一批在正常使用中就会失败的函数（\`fopen\`、\`dlopen\`，以及 llama.cpp、whisper.cpp、gguf、TensorFlow Lite 等的加载函数）；
导言中直接返回它们结果的函数；导言或头文件中用来打开、创建或查找、自身会 \`return NULL\` 的函数；大小不是常量的分配函数。
不报告的情况：有任何比较看过这个指针或一同返回的 error，或者先交给了 Go 函数。
`,
};
