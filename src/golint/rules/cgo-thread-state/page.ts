import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Go runs a goroutine on whatever thread is free, and may change it between any two calls. Much of C lives per
thread: the device of CUDA, the current OpenGL context, the number of threads for BLAS, \`errno\`, \`dlerror\`, the error
queue of OpenSSL, the last error of libgit2 and SDL.

\`\`\`go
C.cudaSetDevice(1)
C.cudaMalloc(&p, n) // may be on device 0
\`\`\`

\`\`\`go
runtime.LockOSThread()
defer runtime.UnlockOSThread()
C.cudaSetDevice(1)
C.cudaMalloc(&p, n)
\`\`\`

Or make one C function in the preamble that does both. For \`errno\` use the second result, \`n, err := C.read(...)\`, which
cgo takes on the same thread.

Reported: two such calls in one function, in a package that nowhere locks a thread. Callers of the package that lock
theirs are not seen: ignore the finding then.
`,
  zh: `Go 会让 goroutine 在任何空闲的线程上运行，任意两次调用之间都可能换线程。C 里很多东西是按线程保存的：CUDA 的当前设备、
当前 OpenGL 上下文、BLAS 的线程数、\`errno\`、\`dlerror\`、OpenSSL 的错误队列、libgit2 和 SDL 的最近一次错误。

\`\`\`go
C.cudaSetDevice(1)
C.cudaMalloc(&p, n) // 可能分配在设备 0 上
\`\`\`

\`\`\`go
runtime.LockOSThread()
defer runtime.UnlockOSThread()
C.cudaSetDevice(1)
C.cudaMalloc(&p, n)
\`\`\`

也可以在导言里写一个 C 函数，一次做完两件事。\`errno\` 请用第二个返回值 \`n, err := C.read(...)\` 取得，cgo 会在同一个线程上读取它。

报告的情况：同一个函数里有这样的两次调用，而整个包都没有锁定线程。调用方自己锁定了线程时检查不到，请忽略该条。
`,
};
