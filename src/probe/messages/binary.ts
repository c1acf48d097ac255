/** Words of `check binary`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Words } from "../finding.ts";

const en = {
  facts: {
    format: "format",
    go: "Go",
    module: "module",
    revision: "revision",
    settings: "built with",
    experiments: "experiments",
    buildId: "build ID",
    interpreter: "loader",
    libraries: "libraries",
    glibc: "glibc needed",
  },
  sanitizer: (kind: string): Words => ({
    title: `built with ${kind}`,
    why: "A build for tests: 2 to 20 times slower, 5 to 10 times the memory.",
    todo: `Build what is shipped without ${kind}; keep this one for tests.`,
  }),
  cpuTooOld: (level: string, here: number, lacks: string): Words => ({
    title: `built for GOAMD64=v${level}, and this machine is v${here}`,
    why: `This processor lacks ${lacks}. The program ends at once: "This program can only be run on AMD64 processors with v${level} microarchitecture support", or with SIGILL in C code.`,
    todo: `Build with GOAMD64=v${here}, or choose machines that have v${level}.`,
  }),
  cpuFits: (level: string, here: number): Words => ({
    title: `GOAMD64=v${level} fits this machine (v${here})`,
  }),
  noInterpreter: (path: string, musl: boolean): Words => ({
    title: `the loader ${path} is not there`,
    why: `The kernel cannot start the program: "no such file or directory", although the file is there. It was linked ${musl ? "with musl (Alpine), and this system has glibc" : "with glibc, and this system has another libc, or none"}.`,
    todo: "Build on the system it runs on, or without cgo: CGO_ENABLED=0, or -tags netgo,osusergo -ldflags '-extldflags -static'.",
  }),
  libcMix: {
    title: "linked with musl's loader and glibc's libc.so.6",
    why: "Two C libraries in one process: it starts nowhere, or crashes at the first call.",
    todo: "Build C parts and program in one image.",
  } as Words,
  librariesFound: (count: number): Words => ({ title: `all ${count} native libraries are found` }),
  noLibrary: (name: string, by: string): Words => ({
    title: `${name} is missing, which ${by} needs`,
    why: `The program ends before main: "error while loading shared libraries: ${name}: cannot open shared object file", exit status 127.`,
    todo: "Install the package that has it, or say where it is: -Wl,-rpath,'$ORIGIN' when linking, or a file in /etc/ld.so.conf.d and ldconfig.",
  }),
  searched: (folders: string) => `searched: ${folders}`,
  otherArch: (path: string, arch: string): Words => ({
    title: `${path} is for ${arch}`,
    why: "The loader passes it over and finds no other.",
    todo: "Install the library for the program's architecture.",
  }),
  noVersion: (version: string, name: string, by: string, newest: string): Words => ({
    title: `${by} needs ${version} of ${name}; here it has ${newest || "none of that name"}`,
    why: `The program ends before main: "version \`${version}' not found". It was built on a newer system than this.`,
    todo: "Build on the oldest system it must run on, or ship a newer base image.",
  }),
  /** Delve reads cores of Linux and minidumps of Windows; of macOS there are none. */
  dwarf: (cores: boolean): Words => ({
    title: cores
      ? "debug information is inside: a core shows variables and all goroutines"
      : "debug information is inside",
  }),
  debugFile: (path: string): Words => ({ title: `debug information is in ${path}` }),
  debugFileLost: (name: string, id: string | undefined): Words => ({
    title: `debug information was moved to ${name}, which is not here`,
    why: "A core opens, and shows no variables and no goroutines.",
    todo: `Fetch the file of this very build and put it where gdb and Delve look: ${id ? `/usr/lib/debug/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug` : "beside the program"}.`,
  }),
  noDwarf: (symbols: boolean): Words => ({
    title: symbols ? "no debug information (-w)" : "stripped: no debug information and no symbols (-s -w)",
    why: `A traceback still has function names, files and lines. A core shows no variables, and Delve finds no goroutines in it${symbols ? "" : "; C functions have no names in gdb and perf"}.`,
    todo: "Build without -s -w, and move the symbols: objcopy --only-keep-debug, --strip-debug, --add-gnu-debuglink. For this build: the same source built without -s -w reads its cores.",
  }),
  packed: {
    title: "packed with UPX",
    why: "Neither build information nor symbols can be read from the file, tools that map a core to it fail, and memory is not shared between processes.",
    todo: "Ship it unpacked; compress the image instead.",
  } as Words,
  traceback: (trimmed: boolean): Words => ({
    title: trimmed
      ? "a traceback shows names and lines, with paths cut to the module (-trimpath)"
      : "a traceback shows names and lines, with paths of the build machine",
    ...(trimmed && { todo: "Tell a debugger where the source is: dlv's substitute-path." }),
  }),
  noBuildId: {
    title: "no GNU build ID: nothing ties a core or a debug file to this build",
    todo: "Link with -ldflags=-B=gobuildid (the default since Go 1.24).",
  } as Words,
  oldGo: {
    title: "built by Go 1.17 or older: no build settings to read",
    todo: "Build it with a release that is still supported.",
  } as Words,
  modified: {
    title: "built from a working tree with changes (vcs.modified)",
    why: "The revision alone does not give this program again: line numbers of a crash may lie.",
    todo: "Release from a clean checkout.",
  } as Words,
  unoptimised: {
    title: "built without optimisation (-gcflags with -N)",
    todo: "Leave it out for production.",
  } as Words,
  blasNative: (names: string): Words => ({ title: `BLAS: native, ${names}` }),
  blasUnlinked: {
    title: "BLAS: gonum's netlib is built in, and no BLAS library is linked",
    why: "Linked statically, or left out by build tags: then pure Go computes.",
    todo: "Look at the link flags: CGO_LDFLAGS=-lopenblas.",
  } as Words,
  blasGonum: {
    title: "BLAS: gonum in pure Go",
    why: "Matrix products run several times slower than in OpenBLAS. Right for small ones; a surprise where netlib was meant.",
  } as Words,
  hardening: (pie: boolean, relro: string): Words => ({
    title: `${pie ? "position independent (PIE)" : "not position independent"}, RELRO ${relro}`,
  }),
  notGo:
    "no Go build information: not a Go program, or it was removed. What is said here holds for the file alone.",
  packedNoGo: "packed with UPX: build information cannot be read. Unpack it first: upx -d.",
  otherFormat: (format: string) =>
    `A ${format} file: its libraries and loader cannot be looked for on this machine.`,
  otherMachine: (arch: string, here: string) =>
    `Built for ${arch}; this machine is ${here}: libraries were not looked for. --root names an unpacked image.`,
  dlopen:
    "Libraries that the program opens while it runs (dlopen: CUDA, plug-ins) stand in no table and were not looked for.",
  notProgram: (name: string) => `${name} is no program in ELF, Mach-O or PE form.`,
  notFound: (name: string) => `${name}: there is no such file.`,
  denied: (name: string) => `${name}: permission denied. Read it as a user who may.`,
  notRegular: (name: string) => `${name} is no regular file. Name the program itself.`,
  core: (name: string) =>
    `${name} is a core dump, not a program. Open it with its program: golm-faultcheck core PROGRAM ${name}`,
};

export type BinaryWords = typeof en;

const zhCn: BinaryWords = {
  facts: {
    format: "格式",
    go: "Go",
    module: "模块",
    revision: "版本",
    settings: "构建参数",
    experiments: "实验特性",
    buildId: "build ID",
    interpreter: "加载器",
    libraries: "动态库",
    glibc: "所需 glibc",
  },
  sanitizer: (kind) => ({
    title: `以 ${kind} 构建`,
    why: "用于测试的构建：慢 2 到 20 倍，内存多 5 到 10 倍。",
    todo: `发布的程序不要带 ${kind}；这一份留给测试。`,
  }),
  cpuTooOld: (level, here, lacks) => ({
    title: `按 GOAMD64=v${level} 构建，而本机只有 v${here}`,
    why: `本机处理器缺少 ${lacks}。程序一启动就会退出：“This program can only be run on AMD64 processors with v${level} microarchitecture support”，或在 C 代码中 SIGILL。`,
    todo: `用 GOAMD64=v${here} 构建，或换用支持 v${level} 的机器。`,
  }),
  cpuFits: (level, here) => ({ title: `GOAMD64=v${level} 适合本机（v${here}）` }),
  noInterpreter: (path, musl) => ({
    title: `加载器 ${path} 不存在`,
    why: `内核无法启动它：文件明明在，却报 “no such file or directory”。${musl ? "它按 musl（Alpine）链接，而本系统是 glibc" : "它按 glibc 链接，而本系统是别的 libc，或没有 libc"}。`,
    todo: "在要运行的系统上构建，或不用 cgo：CGO_ENABLED=0，或 -tags netgo,osusergo -ldflags '-extldflags -static'。",
  }),
  libcMix: {
    title: "加载器是 musl 的，却链接了 glibc 的 libc.so.6",
    why: "一个进程里有两个 C 库：要么处处无法启动，要么第一次调用就崩溃。",
    todo: "C 部分和程序要在同一个镜像里构建。",
  },
  librariesFound: (count) => ({ title: `${count} 个动态库都找到了` }),
  noLibrary: (name, by) => ({
    title: `缺少 ${name}（${by} 需要）`,
    why: `程序在 main 之前就会退出：“error while loading shared libraries: ${name}: cannot open shared object file”，退出码 127。`,
    todo: "安装提供它的软件包，或指明它的位置：链接时加 -Wl,-rpath,'$ORIGIN'，或在 /etc/ld.so.conf.d 中添加后运行 ldconfig。",
  }),
  searched: (folders) => `查找过：${folders}`,
  otherArch: (path, arch) => ({
    title: `${path} 是 ${arch} 的库`,
    why: "加载器会跳过它，又找不到别的。",
    todo: "安装与程序架构相同的库。",
  }),
  noVersion: (version, name, by, newest) => ({
    title: `${by} 需要 ${name} 的 ${version}，而这里最高是 ${newest || "（没有这一系列）"}`,
    why: `程序在 main 之前就会退出：“version \`${version}' not found”。它是在更新的系统上构建的。`,
    todo: "在需要支持的最旧系统上构建，或换用更新的基础镜像。",
  }),
  dwarf: (cores) => ({ title: cores ? "带有调试信息：core 里看得到变量和全部 goroutine" : "带有调试信息" }),
  debugFile: (path) => ({ title: `调试信息在 ${path}` }),
  debugFileLost: (name, id) => ({
    title: `调试信息已移到 ${name}，而这里没有这个文件`,
    why: "core 能打开，但看不到变量，也找不到 goroutine。",
    todo: `取回这次构建对应的文件，放到 gdb 和 Delve 查找的位置：${id ? `/usr/lib/debug/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug` : "程序旁边"}。`,
  }),
  noDwarf: (symbols) => ({
    title: symbols ? "没有调试信息（-w）" : "已剥离：没有调试信息，也没有符号（-s -w）",
    why: `traceback 仍有函数名、文件和行号。core 里看不到变量，Delve 也找不到 goroutine${symbols ? "" : "；C 函数在 gdb 和 perf 中没有名字"}。`,
    todo: "构建时不要 -s -w，把符号移走即可：objcopy --only-keep-debug、--strip-debug、--add-gnu-debuglink。已发布的这一份：用同样的源码去掉 -s -w 再构建，就能读它的 core。",
  }),
  packed: {
    title: "用 UPX 压缩过",
    why: "从文件里读不到构建信息和符号，工具无法把 core 与它对应，进程之间也不能共享内存。",
    todo: "发布未压缩的程序，压缩交给镜像。",
  },
  traceback: (trimmed) => ({
    title: trimmed
      ? "traceback 有函数名和行号，路径只到模块（-trimpath）"
      : "traceback 有函数名和行号，路径是构建机器上的",
    ...(trimmed && { todo: "要告诉调试器源码在哪里：dlv 的 substitute-path。" }),
  }),
  noBuildId: {
    title: "没有 GNU build ID：core 和调试文件无法与这次构建对应",
    todo: "链接时加 -ldflags=-B=gobuildid（Go 1.24 起默认带上）。",
  },
  oldGo: { title: "由 Go 1.17 或更早版本构建：读不到构建参数", todo: "请用仍在维护的版本构建。" },
  modified: {
    title: "构建时工作区有未提交的改动（vcs.modified）",
    why: "只凭版本号还原不出这个程序，崩溃里的行号可能对不上。",
    todo: "从干净的检出构建发布版本。",
  },
  unoptimised: { title: "构建时关闭了优化（-gcflags 含 -N）", todo: "生产环境请去掉。" },
  blasNative: (names) => ({ title: `BLAS：原生，${names}` }),
  blasUnlinked: {
    title: "BLAS：编入了 gonum 的 netlib，却没有链接 BLAS 库",
    why: "可能是静态链接，也可能被构建标签排除；后一种情况由纯 Go 计算。",
    todo: "检查链接参数：CGO_LDFLAGS=-lopenblas。",
  },
  blasGonum: {
    title: "BLAS：gonum 的纯 Go 实现",
    why: "矩阵乘法比 OpenBLAS 慢数倍。小矩阵没问题；如果本想用 netlib，那就是意外。",
  },
  hardening: (pie, relro) => ({
    title: `${pie ? "位置无关（PIE）" : "非位置无关"}，RELRO ${{ none: "无", partial: "部分", full: "完整" }[relro] ?? relro}`,
  }),
  notGo: "没有 Go 构建信息：不是 Go 程序，或信息已被删除。这里说的只针对文件本身。",
  packedNoGo: "用 UPX 压缩过，读不到构建信息。请先解开：upx -d。",
  otherFormat: (format) => `这是 ${format} 文件，无法在本机查找它的动态库和加载器。`,
  otherMachine: (arch, here) =>
    `程序为 ${arch} 构建，而本机是 ${here}：没有查找动态库。可用 --root 指定解开的镜像。`,
  dlopen: "程序运行中才打开的库（dlopen：CUDA、插件）不在任何表里，没有查找。",
  notProgram: (name) => `${name} 不是 ELF、Mach-O 或 PE 格式的程序。`,
  notFound: (name) => `${name}：没有这个文件。`,
  denied: (name) => `${name}：没有读取权限。请换有权限的用户。`,
  notRegular: (name) => `${name} 不是普通文件。请指定程序本身。`,
  core: (name) => `${name} 是 core 文件，不是程序。请连同程序一起打开：golm-faultcheck core 程序 ${name}`,
};

const WORDS: Readonly<Record<Language, BinaryWords>> = { en, "zh-cn": zhCn };

export function binaryWords(language: Language): BinaryWords {
  return WORDS[language];
}
