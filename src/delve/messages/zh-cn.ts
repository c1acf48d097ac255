/** 关于 Delve、core 文件和二进制的中文用语。类型取自英文表，缺一不可。 */
import type { DelveWords } from "./en.ts";

const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
const install = (command: string) => `安装命令：${command}`;

export const zhCn: DelveWords = {
  problems: {
    delveMissing: (places, command) =>
      `没有找到 Delve（dlv），已查找：${places.join("、")}。${install(command)}`,
    delveNamedMissing: (path, command) =>
      `设置的 Delve 路径 ${path} 不存在。请更正路径，或安装 Delve：${command}`,
    delveNotExecutable: (path, why) =>
      `${path} 无法执行（${why}）。请修正权限（chmod +x），或指定另一个 Delve。`,
    delveNotDelve: (path) => `${path} 不是 Delve（“${path} version”没有打印版本）。请指定真正的 dlv。`,
    delveTooOld: (path, version, oldest, command) =>
      `${path} 是 Delve ${version}，这里最低需要 ${oldest}。请安装新版：${command}`,
    delveTooNew: (path, version, newest, command) =>
      `${path} 是 Delve ${version}，这一代尚未试过（最新试过 ${newest}）。请安装已知可用的版本：${command}`,
    delveUntried: (version, newest) =>
      `Delve ${version} 比试过的最新版本 ${newest} 还新。如有异常，请改用 ${newest}。`,
    goMissing: (command) => `安装 Delve 需要 Go，但 PATH 中没有 go 命令。请先安装 Go，再运行：${command}`,
    installFailed: (command, why) => `Delve 安装失败（${command}）：${why}`,
    installTimeout: (command, seconds) =>
      `${seconds} 秒内未能装好 Delve（${command}）。可能连不上模块代理：请检查 GOPROXY 后重试。`,
    startFailed: (why) => `Delve 无法启动：${why}`,
    startTimeout: (seconds) =>
      `Delve 在 ${seconds} 秒内没有就绪，已将其结束。程序或 core 很大时，请放宽时限。`,
    notStarted: (path, why) => `无法启动 ${path}：${why}。`,
    portTaken: (address) =>
      `Delve 无法监听 ${address}：端口已被占用。请用端口 0 任选空闲端口，或结束占用它的程序。`,
    ptraceRefused: (why) =>
      `内核拒绝 Delve 跟踪该进程（${why}）。在容器中，即使是 root 也需要 SYS_PTRACE 权限，并且 seccomp 配置要放行 ptrace：docker run --cap-add SYS_PTRACE。改变过用户或带有文件 capability 的程序只有 root 能跟踪。`,
    ptraceScope: (pid) =>
      `内核不允许进程跟踪不是自己子进程的进程，所以 Delve 无法附加到 ${pid}（kernel.yama.ptrace_scope）。请以 root 运行，或由 root 执行：sysctl -w kernel.yama.ptrace_scope=0`,
    processGone: (pid) => `进程 ${pid} 不存在，可能已经结束。`,
    notYourProcess: (pid) => `进程 ${pid} 属于其他用户。请以该用户或 root 运行。`,
    beingDebugged: (pid, by) => `进程 ${pid} 正被进程 ${by} 调试。请先结束那个调试器。`,
    buildFailed: (why) => `程序编译不通过，没有启动：${why}`,
    notMainPackage: (path) =>
      `${path} 不是 main 包，没有可以启动的程序。请指定 main 包所在的目录，或用 "test" 模式运行这个包的测试。`,
    notExecutable: (path) =>
      `${path} 不是本机能运行的程序。请给出 go build 为本机生成的二进制；测试用 go test -c 生成。`,
    goTooOldForDelve: (go, delve, oldest, fit) =>
      `程序由 Go ${go} 构建，而 Delve ${delve} 最低支持 Go ${oldest}。请改用 Delve ${fit}：go install github.com/go-delve/delve/cmd/dlv@v${fit}`,
    goTooOldForAny: (go, oldest) =>
      `程序由 Go ${go} 构建，而这里可用的 Delve 最低支持 Go ${oldest}。请用更新的 Go 构建，或试试 --any-go。`,
    goTooNewForDelve: (go, delve, newest) =>
      `程序由 Go ${go} 构建，而 Delve ${delve} 最高支持 Go ${newest}。请安装新版 Delve：go install github.com/go-delve/delve/cmd/dlv@latest`,
    delveEnded: (what) =>
      `请求“${what}”时 Delve 退出了，可能因内存不足被杀。请重试；若再次发生，请增加内存。`,
    delveSilent: (what, seconds) =>
      `Delve 在 ${seconds} 秒内没有回应（${what}）：它已卡住，或程序太大。已放弃该请求。`,
    delveRefused: (what, why) => `Delve 无法执行“${what}”：${why}`,
    cancelled: (what) => `已取消：${what}。`,
    notACore: (path) => `${path} 不是 core 文件。请给出内核、gcore 或 Delve 为崩溃程序写下的文件。`,
    coreCut: (path) => `${path} 不完整：core 没有写完。请检查磁盘剩余空间和 ulimit -c，再让它崩溃一次。`,
    otherArchitecture: (core, program) =>
      `${core} 与 ${program} 的体系结构不同，不属于同一个程序。请找到产生这个 core 的二进制。`,
    unsupportedCore: (path) =>
      `${path}：Delve 只能读取 amd64、arm64、riscv64、loong64 的 Linux core、它自己的转储和 windows/amd64 minidump；这个文件都不是。`,
    fileMissing: (path) => `${path}：没有这个文件。请检查路径。`,
    fileDenied: (path) =>
      `${path}：没有读取权限。core 属于崩溃程序的用户：请以该用户或 root 读取（sudo chmod a+r ${path}）。`,
    fileUnreadable: (path, why) => `${path} 无法读取：${why}。`,
    notAFile: (path) => `${path} 不是普通文件。请给出文件本身。`,
    emptyFile: (path) => `${path} 是空文件：系统没能写入。请检查磁盘剩余空间和 ulimit -c，再让程序崩溃一次。`,
    notABinary: (path) =>
      `${path} 既不是 ELF 程序，也不是 Windows 程序。请给出崩溃的二进制，而不是源码或外层脚本。`,
    binaryMalformed: (path, part) => `${path} 已损坏（${part}）。请用同样的源码重新构建。`,
    coreMalformed: (path, part) =>
      `${path} 已损坏（${part}），无法作为 core 读取。请从写出它的机器重新复制，或让程序再崩溃一次。`,
    swapped: (core, binary) =>
      `${core} 是程序，${binary} 是 core：请先写程序，golm-faultcheck core 程序 CORE。`,
    coreOfOtherBinary: (core, binary, why, wayOut) => `${core} 不是 ${binary} 写下的：${why}${wayOut}`,
    twoCores: (first, second) =>
      `${first} 和 ${second} 都是 core。请给出程序和一个 core：golm-faultcheck core 程序 CORE。`,
    binaryReplaced: (binary) => `读取期间 ${binary} 被替换了。请重新开始。`,
    binaryUnknown: (core, where) =>
      `没有找到写下 ${core} 的程序（${where}）。请指明：golm-faultcheck core 程序 ${core}`,
    twinNotGo: (binary) =>
      `${binary} 没有记录构建方式，无法重建孪生程序。请找到剥离之前的二进制，或用同样的源码构建带调试信息的版本。`,
    twinFlagRefused: (binary, flag) =>
      `${binary} 构建时用了 ${flag}，这个参数不会从文件中照搬。请自行用同样的参数（去掉 -s 和 -w）构建。`,
    twinGoMissing: (version) => `重建孪生程序需要 go 命令，但 PATH 中没有。请安装 ${version}。`,
    twinToolchain: (wanted, installed) =>
      `重建孪生程序需要 ${wanted}，本机装的是 ${installed}。安装命令：go install golang.org/dl/${wanted}@latest && ${wanted} download，或允许自动下载。`,
    twinNotBuilt: (source, why) => `在 ${source} 中构建孪生程序失败：${why}`,
    twinOtherSource: (binary) =>
      `构建结果与 ${binary} 的函数不同：源码不是它的源码。请检出构建它的那个版本、不带改动，再试一次。`,
    twinMoved: (binary, sections) =>
      `构建结果的函数与 ${binary} 相同，但 ${sections.join("、")} 的位置不同，读出的值会错位。请在同样的目录、同样的版本、用同样的参数构建。`,
    twinNoDwarf: (path) => `${path} 也没有调试信息。请检查 GOFLAGS 或 go 的包装脚本是否做了剥离。`,
    dumpFailed: (pid, why) => `进程 ${pid} 转储失败：${why}`,
    noRoomForDump: (folder, needed, free) =>
      `${folder} 只剩 ${mib(free)}，转储可能需要 ${mib(needed)}。请指定更大磁盘上的目录。`,
    corePacked: (path, packing) =>
      `${path} 是压缩过的（${packing}）。请先解压：golm-faultcheck core 能直接读取压缩的 core，命令 “在 Delve 中打开 core 转储” 会自行解压。`,
    corePackedXz: (path) =>
      `${path} 用 xz 压缩，这里不能读取。请先解压：coredumpctl dump PID -o core，或 xz -dk ${path}`,
    notUnpacked: (path, target, why) =>
      `${path} 无法解压到 ${target}：${why}。请检查那里的剩余空间，以及文件是否完整。`,
    minidumpThin: (path, what) =>
      `${path} 里只有各线程的栈，没有其他内存（${what}）：goroutine、变量值和 panic 文本都不在其中。请写完整转储：设 GOTRACEBACK=wer 并把 Windows Error Reporting 的 LocalDumps 中的 DumpType 设为 2，或用 procdump -ma，或用 MiniDumpWithFullMemory。`,
    notReachable: (address, why) => `无法连接 ${address} 上的 Delve：${why}。`,
  },
  reasons: {
    architecture: (core, binary) => `core 属于 ${core}，二进制属于 ${binary}。`,
    system: (core) => `core 属于 ${core}，二进制不是。`,
    notRunnable: (type) => `该二进制是 ${type}，无法运行。`,
    gnuIdSame: (id) => `两者的 GNU build ID 都是 ${id}。`,
    gnuIdOther: (core, binary) => `core 中程序的 GNU build ID 是 ${core}，二进制的是 ${binary}。`,
    goIdSame: (id) => `两者的 Go build ID 都是 ${id}。`,
    goIdOther: (core, binary) => `core 中程序的 Go build ID 是 ${core}，二进制的是 ${binary}。`,
    imageSizeSame: (size) => `两者在内存中都占 ${size} 字节。`,
    imageSizeOther: (core, binary) => `转储里的程序在内存中占 ${core} 字节，二进制占 ${binary} 字节。`,
    timeStampOther: (core, binary) => `转储里的程序的时间戳是 ${core}，二进制的是 ${binary}。`,
    headerSame: () => "core 中程序的首页与二进制的文件头一致。",
    headerOther: () => "core 中程序的首页与二进制的文件头不一致。",
    layoutSame: () => "core 中运行时的模块表与二进制一致：各段都在应在的位置。",
    layoutOther: () => "core 中运行时的模块表与二进制不一致：各段位置不同。",
    entryOther: (core, binary) => `core 中程序的入口是 ${core}，二进制的是 ${binary}。`,
    buildSame: (version) => `两者记录的构建信息相同，都由 ${version} 构建。`,
    goVersionOther: (core, binary) => `core 中的程序由 ${core} 构建，二进制由 ${binary} 构建。`,
    moduleOther: (core, binary) => `core 中的程序是 ${core}，二进制是 ${binary}。`,
    revisionOther: (core, binary) => `core 中的程序构建自版本 ${core}，二进制构建自 ${binary}。`,
    settingsOther: (names) => `两者的构建设置不同：${names.join("、")}。`,
    pathSame: (path) => `core 记录的路径 ${path} 正是该二进制。`,
    pathOther: (path) => `core 记录的路径是 ${path}。`,
    newer: () => "二进制比 core 新：崩溃之后可能重新构建过。",
    nothing: () => "core 里没有可与程序比对的内容。",
  },
  makeCore: {
    lands: (path) => `core 文件将写到 ${path}。`,
    free: (bytes) => `那里还剩 ${(bytes / 2 ** 30).toFixed(1)} GB。core 文件的大小大致等于程序占用的内存。`,
  },
  noCore: {
    platform: (platform) =>
      platform === "win32"
        ? "在 Windows 上，设 GOTRACEBACK=wer 并让 Windows Error Reporting 保留转储（注册表 HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps，DumpType 设为 2），崩溃才会留下 minidump。也可以转储运行中的进程：procdump -ma PID"
        : "在 macOS 上，Go 程序不会留下 Delve 能读的 core。请转储运行中的进程，或在 Linux 上重现。",
    hardLimit: () =>
      "core 的硬限制是 0，只有 root 能放开：容器用 --ulimit core=-1，systemd 单元用 LimitCORE=infinity。",
    softLimit: () => "core 大小限制是 0（ulimit -c）。请在启动程序的地方放开：ulimit -c unlimited",
    shortLimit: (bytes) =>
      `core 大小限制是 ${mib(bytes)}：更大的 core 会被截断，无法读取。请放开：ulimit -c unlimited`,
    traceback: (value) =>
      `GOTRACEBACK ${value === "" ? "没有设置" : `是 ${value}`}：Go 程序 panic 后以状态 2 退出，不留 core。请用 GOTRACEBACK=crash 启动。`,
    noPattern: () =>
      "kernel.core_pattern 为空，不会写 core。以 root 执行：sysctl -w kernel.core_pattern=core.%p",
    systemd: () =>
      "本机的 core 由 systemd-coredump 接管：coredumpctl list 列出，coredumpctl dump PID -o core 取出。",
    apport: () =>
      "本机的 core 由 Apport 接管，不属于任何软件包的程序会被丢弃；请看 /var/lib/apport/coredump 和 /var/crash。",
    handler: (program) => `本机的 core 由 ${program} 接管（kernel.core_pattern）：请到它的存放处查找。`,
    hostHandler: (program) =>
      `容器内起作用的是宿主机的 kernel.core_pattern，它把 core 交给宿主机上的 ${program}：core 在宿主机，不在这里。`,
    readOnly: (folder) =>
      `core 会写到 ${folder}，但那里不可写。请在可写的目录启动程序，或把 kernel.core_pattern 设为绝对路径。`,
    noRoom: (folder, free) =>
      `${folder} 所在磁盘只剩 ${mib(free)}：core 会被截断或写不出来。请腾出空间，或把 kernel.core_pattern 指向其他磁盘。`,
    filter: () => "coredump_filter 把堆排除在 core 之外：echo 0x33 > /proc/PID/coredump_filter",
    filterHeaders: () =>
      "coredump_filter 把程序文件头排除在 core 之外，无法可靠比对 core 与二进制：echo 0x33 > /proc/PID/coredump_filter",
    ptraceScope: (scope) =>
      scope === 3
        ? "kernel.yama.ptrace_scope 为 3：重启之前任何进程都不能被跟踪。"
        : `kernel.yama.ptrace_scope 为 ${scope}：只有父进程或 root 能转储。以 root 执行：sysctl -w kernel.yama.ptrace_scope=0`,
    ptraceContainer: () => "在容器里转储其他进程需要 SYS_PTRACE 权限：docker run --cap-add SYS_PTRACE",
  },
  report: {
    core: "core 文件",
    values: "变量",
    waits: "等待的对象",
    memory: "内存",
    native: "原生调用栈",
    stack: "调用栈",
    groups: "全部 goroutine",
    notRead: "未能读出",
    process: (pid, command) => `进程 ${pid}：${command}`,
    built: (version, path, revision) =>
      [`由 ${version} 构建`, path, revision].filter((each) => each !== "").join("，"),
    belongs: (why) => `core 与二进制属于同一程序。${why}`,
    unsure: (why) => `core 与二进制是否属于同一程序尚不能确定。${why}`,
    twin: (path) => `经带调试信息的孪生程序读取：${path}`,
    unreadFailure: () =>
      "进程用 SIGABRT 结束了自己：Go 在 panic、致命错误或信号之后会这样，C 则是调用了 abort()。能读到的内容看不出是哪一种；程序的标准错误输出里有原因（--log FILE）。",
    noFailure: () => "core 中没有故障：这是运行中进程的转储。",
    thread: (goroutine, thread) =>
      [goroutine !== undefined && `goroutine ${goroutine}`, thread !== undefined && `线程 ${thread}`]
        .filter((each) => each !== false)
        .join("，"),
    panicValue: (type, value) => `panic 的值：${type} ${value}`,
    unreadable: (names) => `此处读不出：${names}`,
    asIn: (where) => `同上（${where}）`,
    stop: "；",
    waitsOn: (waiting, state, what) => `${waiting} × ${state}：${what}`,
    named: (path, name, address) => `${name} 中的 ${path}（地址 ${address}）`,
    unnamed: (kind, address) =>
      `${address} 处的${{ mutex: " sync.Mutex", rwmutex: " sync.RWMutex", channel: " channel", other: "锁" }[kind]}`,
    mutexState: (locked, waiters, starving, held) =>
      [
        locked ? "已锁定" : "未锁定",
        ...(waiters === undefined ? [] : [`锁自己记录了 ${waiters} 个等待者`]),
        ...(starving ? ["饥饿模式"] : []),
        ...(locked && !held ? ["Go 不记录由谁持有，也没有找到 defer 的 Unlock"] : []),
      ].join("，"),
    heldBy: (goroutine, reads, place) =>
      `goroutine ${goroutine} 还没有执行它 defer 的 ${reads ? "RUnlock" : "Unlock"}：${place}`,
    ring: (ids) =>
      ids.length === 1
        ? `死锁：goroutine ${ids[0]} 在等它自己持有的锁。`
        : `死锁：${ids.map((id, index) => `goroutine ${id} 等 ${ids[(index + 1) % ids.length]}`).join("，")}。`,
    rwState: (readers, writerHolds, writerWaits) =>
      writerHolds ? "由写者持有" : `${readers} 个读者${writerWaits ? "，有写者在等它们" : ""}`,
    channelState: (length, capacity, closed) =>
      capacity === 0
        ? closed
          ? "无缓冲，已关闭"
          : "无缓冲"
        : `${capacity} 个位置用了 ${length} 个${closed ? "，已关闭" : ""}`,
    goroutines: (ids, more) => `goroutine ${ids.join("、")}${more > 0 ? `，另有 ${more} 个` : ""}`,
    heap: (live, inUse) => `堆：存活 ${live}，占用 ${inUse}`,
    released: (free, released) => `空闲 ${free}，已归还系统 ${released}`,
    limit: (limit, percent) =>
      `${limit === undefined ? "未设内存上限" : `GOMEMLIMIT ${limit}`}，GOGC ${percent}`,
    collector: (count, running) =>
      (count === 0 ? "尚未做过垃圾回收" : `垃圾回收 ${count} 次`) + (running ? "，一次正在进行" : ""),
    threads: (threads, procs) => `${threads} 个线程，GOMAXPROCS ${procs}`,
    surveyed: (listed, total) =>
      total === undefined ? `${listed} 个 goroutine` : `查看了 ${total} 个 goroutine 中的 ${listed} 个`,
    moreGroups: (more) => `另有 ${more} 组（--all）`,
    createdBy: (name) => `由 ${name} 启动`,
    gaps: {
      stripped: "二进制没有调试信息：看不到变量和 goroutine。--twin 可用同样的源码重建一个带调试信息的。",
      optimized:
        "部分变量在寄存器里，已被覆盖。调用者可能还留有它们；用 -gcflags='all=-N -l' 构建则全部保留。",
      "go-in-library":
        "Go 代码在程序加载的库里，而 Delve 只读程序本身的 Go 代码：看不到变量和 goroutine。调用栈来自 gdb。",
      "other-libraries":
        "原生调用栈中的某个库在写出 core 之后被改动过，或已不存在：其中的函数名和行号可能不对。请把当时运行的那个库放回原处。",
      "no-goroutines": "Delve 在这个 core 中没有找到 goroutine。",
      "survey-cut": "时间不够，没有查看全部 goroutine。可用 --limit 秒数 放宽。",
      "no-stack": "Delve 无法展开调用栈。",
      "cut-core": "core 不完整：截断之后的内容读不出来。",
    },
    progress: (listed, total) =>
      total === undefined ? `已读 goroutine：${listed}` : `已读 goroutine：${listed} / ${total}`,
    otherLog: (path) => `${path} 中没有这个 core 的崩溃，已略过。`,
    needsTwin: (binary) =>
      `${binary} 没有调试信息：Delve 看不到变量和 goroutine。--twin 可用 --source（默认当前目录）中的源码重建孪生程序。`,
    nothingStops: "这里没有妨碍写 core 的因素。",
  },
  wayOut: {
    find: (id) => `请找到 build ID 为 ${id} 的二进制：当时部署的那个，或该版本的镜像。`,
    build: (version, revision) =>
      `请找到当时部署的二进制，或用 Go ${version}、版本 ${revision}、同样的参数重新构建。`,
    deployed: () => "请找到当时运行的二进制，即崩溃时部署的那个。",
  },
};
