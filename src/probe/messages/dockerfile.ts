/** Words of `check dockerfile`, in both languages. */
import type { Language } from "../../faulttree/diagnosis.ts";
import type { Family } from "../dockerfile-model.ts";
import type { Words } from "../finding.ts";

const en = {
  facts: { stages: "stages", final: "final image" },
  families: {
    scratch: "empty",
    static: "no libc, no shell",
    musl: "musl",
    glibc: "glibc",
    unknown: "not known",
  } as Readonly<Record<Family, string>>,
  noStage: "No FROM line: this is no Dockerfile, or it is empty.",
  noBuild:
    "No `go build` or `go install` was found in what the final stage is made of: only what holds for any image was checked.",
  libcMix: (built: string, run: string, native: boolean): Words => ({
    title: `built with ${built}, run on an image with ${run}`,
    why: native
      ? `CGO_ENABLED=1 links the builder's C library. The program does not start: "no such file or directory", although it is there.`
      : "cgo is on by default where a C compiler is installed; a program that uses package net or os/user is then linked with the builder's C library and does not start on the other.",
    todo: native
      ? "Build and run on the same base, or link statically: -ldflags '-linkmode external -extldflags -static'."
      : "Say it: CGO_ENABLED=0 for pure Go, or one base image for both stages where C is needed.",
  }),
  noRuntimeLibrary: (dev: string, stem: string): Words => ({
    title: `${dev} is installed for the build, its library is not in the final image`,
    why: `With cgo the program asks the loader for it: "error while loading shared libraries: ${stem}...so".`,
    todo: `Install the runtime package (such as ${stem}*) in the final stage, copy the .so files, or link statically.`,
  }),
  cgoOff: (what: string): Words => ({
    title: `CGO_ENABLED=0, and ${what} is meant to be used`,
    why: "Without cgo the C part is left out: the build fails, or a slow pure Go fallback is taken without a word.",
    todo: "CGO_ENABLED=1 with a C compiler in the build stage, and the library in the final one.",
  }),
  stripped: (how: string): Words => ({
    title: `symbols are removed (${how}) and kept nowhere`,
    why: "A traceback still has names and lines. A core shows no variables, and Delve finds no goroutines in it.",
    todo: "Build without -s -w; move the symbols to a stage of their own with objcopy --only-keep-debug, and keep them by build ID.",
  }),
  debugFileLost: {
    title: "symbols are split off, and no stage copies them out",
    why: "They go with the build cache: a core of this image cannot be read.",
    todo: "A stage for them: FROM scratch AS symbols, COPY --from=build /out/debug/ /, and docker build --target symbols --output symbols .",
  } as Words,
  race: {
    title: "built with a sanitizer (-race, -msan or -asan)",
    why: "2 to 20 times slower, 5 to 10 times the memory.",
    todo: "Leave it out of the image; test with it in CI.",
  } as Words,
  noCertificates: (image: string): Words => ({
    title: `no CA certificates in the final image (${image})`,
    why: "Every outgoing TLS connection fails: x509: certificate signed by unknown authority.",
    todo: "Copy /etc/ssl/certs/ca-certificates.crt from the build stage, install ca-certificates, or import golang.org/x/crypto/x509roots/fallback.",
  }),
  noTimeZones: (image: string): Words => ({
    title: `no time zone data in the final image (${image})`,
    why: "time.LoadLocation fails: unknown time zone Asia/Shanghai.",
    todo: "Build with -tags timetzdata, copy Go's zoneinfo.zip and set ZONEINFO, or install tzdata.",
  }),
  noTemporary: {
    title: "scratch has no /tmp and no HOME",
    why: "os.CreateTemp, multipart uploads above 32 MB and os.UserCacheDir fail.",
    todo: "Copy an empty folder of mode 1777 to /tmp, or mount one.",
  } as Words,
  setcap: {
    title: "file capabilities (setcap): the process is not dumpable",
    why: "The kernel writes no core for a program that gained capabilities, and only root may look at it with a debugger.",
    todo: "Give the capability to the container instead, or listen on a port above 1023.",
  } as Words,
  coreFolder: (folder: string): Words => ({
    title: `GOTRACEBACK=crash, and the user may not write to ${folder}`,
    why: "With core_pattern=core the core goes to the working folder; without the right to write there is none.",
    todo: "A VOLUME the user owns, and WORKDIR there; or core_pattern on the host with an absolute path.",
  }),
  stopKill: {
    title: "STOPSIGNAL is SIGKILL",
    why: "The program cannot finish its requests.",
    todo: "Leave STOPSIGNAL out: SIGTERM is the default.",
  } as Words,
  goRun: {
    title: "the container runs `go run`",
    why: "go run does not pass signals on, ends with status 1 whatever the program's was, and deletes the binary a core belongs to.",
    todo: "go build in a build stage, and run the binary.",
  } as Words,
  noShell: (keyword: string): Words => ({
    title: `${keyword} as a line needs a shell, and the image has none`,
    why: "The container does not start: /bin/sh: no such file or directory.",
    todo: `Write a list: ${keyword} ["/server"].`,
  }),
  shellForm: (keyword: string): Words => ({
    title: `${keyword} runs a shell as process 1`,
    why: "SIGTERM ends at the shell: the program never hears of it and is killed after the grace period, in the middle of its requests.",
    todo: `Write a list: ${keyword} ["/server"]; or begin the line with exec.`,
  }),
  healthKills: {
    title: "the health check kills",
    why: "A slow answer, of a collection or of a model that loads, ends the process without a trace of why.",
    todo: "Let the check fail alone; restarting is the orchestrator's part.",
  } as Words,
  healthTool: (tool: string): Words => ({
    title: `the health check needs ${tool}, which the final image lacks`,
    why: "The check fails always: the container is unhealthy from the start, and orchestrators replace it for ever.",
    todo: 'Let the program check itself: HEALTHCHECK CMD ["/server", "-health"].',
  }),
  healthTight: (timeout: number, retries: number): Words => ({
    title: `the health check is tight: timeout ${timeout} s, ${retries} ${retries === 1 ? "try" : "tries"}`,
    why: "One long collection, one burst of the CPU quota or one large prompt is enough to be called dead.",
    todo: "--timeout=5s --retries=3 at least.",
  }),
  healthStart: (grace: number): Words => ({
    title: `the health check gives the start ${grace} s`,
    why: "Loading a model takes longer; what is still loading is called dead.",
    todo: "--start-period=2m, or as long as the largest model loads.",
  }),
  notFound: (name: string) => `${name}: there is no such file.`,
  notReadable: (name: string, why: string) => `${name}: cannot be read: ${why}.`,
  fixed: (name: string) => `${name} was mended; read the difference before you commit it.`,
  nothingToFix: (name: string) => `${name}: nothing that can be mended by itself.`,
  fixStdin: "--fix writes the file: name one, not standard input.",
};

export type DockerfileWords = typeof en;

const zhCn: DockerfileWords = {
  facts: { stages: "阶段", final: "最终镜像" },
  families: {
    scratch: "空镜像",
    static: "没有 libc 和 shell",
    musl: "musl",
    glibc: "glibc",
    unknown: "未知",
  },
  noStage: "没有 FROM：不是 Dockerfile，或者是空文件。",
  noBuild: "最终阶段所用的内容里没有 `go build` 或 `go install`：只检查了适用于任何镜像的部分。",
  libcMix: (built, run, native) => ({
    title: `用 ${built} 构建，却在 ${run} 的镜像上运行`,
    why: native
      ? "CGO_ENABLED=1 会链接构建阶段的 C 库。程序无法启动：文件明明在，却报 “no such file or directory”。"
      : "装有 C 编译器时 cgo 默认开启；程序只要用到 net 或 os/user，就会链接构建阶段的 C 库，换一种 libc 就无法启动。",
    todo: native
      ? "构建和运行用同一种基础镜像，或静态链接：-ldflags '-linkmode external -extldflags -static'。"
      : "写明白：纯 Go 用 CGO_ENABLED=0；需要 C 时两个阶段用同一种基础镜像。",
  }),
  noRuntimeLibrary: (dev, stem) => ({
    title: `构建时装了 ${dev}，最终镜像里却没有对应的库`,
    why: `用 cgo 构建的程序要加载它：“error while loading shared libraries: ${stem}...so”。`,
    todo: `在最终阶段安装运行时包（如 ${stem}*），或复制 .so 文件，或静态链接。`,
  }),
  cgoOff: (what) => ({
    title: `CGO_ENABLED=0，却想使用 ${what}`,
    why: "没有 cgo，C 的部分就被略去：要么构建失败，要么悄悄换成很慢的纯 Go 实现。",
    todo: "构建阶段用 CGO_ENABLED=1 并装上 C 编译器，最终阶段放上库。",
  }),
  stripped: (how) => ({
    title: `符号被去掉（${how}），又没有另外保存`,
    why: "traceback 仍有函数名和行号；但 core 里看不到变量，Delve 也找不到 goroutine。",
    todo: "构建时不要 -s -w；用 objcopy --only-keep-debug 把符号移到单独的阶段，按 build ID 保存。",
  }),
  debugFileLost: {
    title: "符号拆出来了，却没有哪个阶段把它带走",
    why: "它会随构建缓存消失，这个镜像的 core 将无法读取。",
    todo: "给符号一个阶段：FROM scratch AS symbols，COPY --from=build /out/debug/ /，再 docker build --target symbols --output symbols .",
  },
  race: {
    title: "构建时带了检测器（-race、-msan 或 -asan）",
    why: "慢 2 到 20 倍，内存多 5 到 10 倍。",
    todo: "镜像里不要带；放到 CI 的测试中使用。",
  },
  noCertificates: (image) => ({
    title: `最终镜像（${image}）没有 CA 证书`,
    why: "所有对外的 TLS 连接都会失败：x509: certificate signed by unknown authority。",
    todo: "从构建阶段复制 /etc/ssl/certs/ca-certificates.crt，或安装 ca-certificates，或导入 golang.org/x/crypto/x509roots/fallback。",
  }),
  noTimeZones: (image) => ({
    title: `最终镜像（${image}）没有时区数据`,
    why: "time.LoadLocation 会失败：unknown time zone Asia/Shanghai。",
    todo: "构建时加 -tags timetzdata，或复制 Go 的 zoneinfo.zip 并设置 ZONEINFO，或安装 tzdata。",
  }),
  noTemporary: {
    title: "scratch 没有 /tmp，也没有 HOME",
    why: "os.CreateTemp、超过 32 MB 的 multipart 上传和 os.UserCacheDir 都会失败。",
    todo: "复制一个权限为 1777 的空目录到 /tmp，或挂载一个。",
  },
  setcap: {
    title: "使用了文件权能（setcap）：进程不可转储",
    why: "程序因此获得权能后，内核不会写 core，也只有 root 能用调试器查看。",
    todo: "把权能给容器，或改用 1023 以上的端口。",
  },
  coreFolder: (folder) => ({
    title: `设了 GOTRACEBACK=crash，而运行用户对 ${folder} 没有写权限`,
    why: "core_pattern=core 时 core 写到工作目录，没有写权限就什么也留不下。",
    todo: "准备一个归该用户所有的 VOLUME 并把 WORKDIR 指过去；或在宿主机上把 core_pattern 设为绝对路径。",
  }),
  stopKill: {
    title: "STOPSIGNAL 是 SIGKILL",
    why: "程序来不及处理完请求。",
    todo: "去掉 STOPSIGNAL，默认就是 SIGTERM。",
  },
  goRun: {
    title: "容器里运行的是 `go run`",
    why: "go run 不转发信号，无论程序以什么退出码结束它都返回 1，还会删掉 core 所对应的二进制。",
    todo: "在构建阶段 go build，运行构建出的程序。",
  },
  noShell: (keyword) => ({
    title: `${keyword} 写成一行需要 shell，而镜像里没有`,
    why: "容器无法启动：/bin/sh: no such file or directory。",
    todo: `写成列表：${keyword} ["/server"]。`,
  }),
  shellForm: (keyword) => ({
    title: `${keyword} 让 shell 成了 1 号进程`,
    why: "SIGTERM 到 shell 为止，程序收不到，宽限期一过就被强行杀掉，请求处理到一半。",
    todo: `写成列表：${keyword} ["/server"]；或在行首加 exec。`,
  }),
  healthKills: {
    title: "健康检查会杀进程",
    why: "只要一次响应慢（GC 或加载模型），进程就结束了，还不留原因。",
    todo: "检查只管失败，重启交给编排系统。",
  },
  healthTool: (tool) => ({
    title: `健康检查要用 ${tool}，而最终镜像里没有`,
    why: "检查永远失败：容器从一开始就不健康，编排系统会不停地替换它。",
    todo: '让程序自己检查：HEALTHCHECK CMD ["/server", "-health"]。',
  }),
  healthTight: (timeout, retries) => ({
    title: `健康检查太紧：超时 ${timeout} 秒，重试 ${retries} 次`,
    why: "一次较长的 GC、一次 CPU 配额用尽，或一个大 prompt，就足以被判定为死亡。",
    todo: "至少 --timeout=5s --retries=3。",
  }),
  healthStart: (grace) => ({
    title: `健康检查只给启动留了 ${grace} 秒`,
    why: "加载模型需要更久，还在加载就会被判定为死亡。",
    todo: "--start-period=2m，或按最大的模型加载所需的时间。",
  }),
  notFound: (name) => `${name}：没有这个文件。`,
  notReadable: (name, why) => `${name}：无法读取：${why}。`,
  fixed: (name) => `已修改 ${name}；提交之前请查看差异。`,
  nothingToFix: (name) => `${name}：没有可以自动修改的地方。`,
  fixStdin: "--fix 会写入文件：请指定文件，不能用标准输入。",
};

const WORDS: Readonly<Record<Language, DockerfileWords>> = { en, "zh-cn": zhCn };

export function dockerfileWords(language: Language): DockerfileWords {
  return WORDS[language];
}
