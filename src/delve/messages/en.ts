/** Every word about Delve, cores and binaries in English. */
const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
const install = (command: string) => `Install it with: ${command}`;

export const en = {
  problems: {
    delveMissing: (places: readonly string[], command: string) =>
      `Delve (dlv) was not found in ${places.join(", ")}. ${install(command)}`,
    delveNamedMissing: (path: string, command: string) =>
      `${path}: there is no such program, but it is set as the path of Delve. Correct the path, or install Delve with: ${command}`,
    delveNotExecutable: (path: string, why: string) =>
      `${path} cannot be executed (${why}). Correct its permissions (chmod +x), or name another Delve.`,
    delveNotDelve: (path: string) =>
      `${path} does not answer as Delve does ("${path} version" printed no version). Name the real dlv.`,
    delveTooOld: (path: string, version: string, oldest: string, command: string) =>
      `${path} is Delve ${version}; ${oldest} is the oldest that works here. Install a newer one with: ${command}`,
    delveTooNew: (path: string, version: string, newest: string, command: string) =>
      `${path} is Delve ${version}, of a generation nobody has tried here (newest: ${newest}). Install the known one with: ${command}`,
    delveUntried: (version: string, newest: string) =>
      `Delve ${version} is newer than ${newest}, the newest this has been tried with. If something is amiss, use ${newest}.`,
    goMissing: (command: string) =>
      `Go is needed to install Delve, and no go command was found in PATH. Install Go, then run: ${command}`,
    installFailed: (command: string, why: string) => `Delve could not be installed (${command}): ${why}`,
    installTimeout: (command: string, seconds: number) =>
      `Delve was not installed within ${seconds} s (${command}). The module proxy may be out of reach: check GOPROXY, then try again.`,
    startFailed: (why: string) => `Delve could not start: ${why}`,
    startTimeout: (seconds: number) =>
      `Delve was not ready within ${seconds} s and was ended. A large program or core may need a longer limit.`,
    notStarted: (path: string, why: string) => `${path} could not be started: ${why}.`,
    portTaken: (address: string) =>
      `Delve could not listen on ${address}: the port is taken. Use port 0 for any free one, or end what holds it.`,
    ptraceRefused: (why: string) =>
      `The kernel refused Delve to trace the process (${why}). In a container it needs the capability SYS_PTRACE, for root too, and a seccomp profile that lets ptrace pass: docker run --cap-add SYS_PTRACE. A program that changed its user or has file capabilities can be traced by root alone.`,
    ptraceScope: (pid: number) =>
      `The kernel lets no process trace another that is not its child, so Delve cannot attach to ${pid} (kernel.yama.ptrace_scope). Run as root, or as root: sysctl -w kernel.yama.ptrace_scope=0`,
    processGone: (pid: number) => `There is no process ${pid}. It may have ended meanwhile.`,
    notYourProcess: (pid: number) => `Process ${pid} belongs to another user. Run as that user, or as root.`,
    beingDebugged: (pid: number, by: number) =>
      `Process ${pid} is already being debugged by process ${by}. End that debugger first.`,
    buildFailed: (why: string) => `The program does not compile, so it was not started: ${why}`,
    notMainPackage: (path: string) =>
      `${path} is no package main, so there is nothing to start. Name the folder of one, or use mode "test" for the tests of this package.`,
    notExecutable: (path: string) =>
      `${path} is not a program this machine can run. Give a binary that go build made for it; go test -c makes one of a test.`,
    goTooOldForDelve: (go: string, delve: string, oldest: string, fit: string) =>
      `The program was built by Go ${go}; Delve ${delve} reads programs from Go ${oldest} on. Use Delve ${fit}: go install github.com/go-delve/delve/cmd/dlv@v${fit}`,
    goTooOldForAny: (go: string, oldest: string) =>
      `The program was built by Go ${go}; the Delves that work here read programs from Go ${oldest} on. Build it with a newer Go, or try --any-go.`,
    goTooNewForDelve: (go: string, delve: string, newest: string) =>
      `The program was built by Go ${go}; Delve ${delve} reads programs up to Go ${newest}. Install a newer Delve: go install github.com/go-delve/delve/cmd/dlv@latest`,
    delveEnded: (what: string) =>
      `Delve ended while it was asked for ${what}. It may have been killed for want of memory; try again, and give the machine more if it happens twice.`,
    delveSilent: (what: string, seconds: number) =>
      `Delve did not answer within ${seconds} s (${what}). It hangs or the program is very large; the request was given up.`,
    delveRefused: (what: string, why: string) => `Delve cannot do ${what}: ${why}`,
    cancelled: (what: string) => `${what} was cancelled.`,
    notACore: (path: string) =>
      `${path} is not a core dump. Give the file the kernel, gcore or Delve wrote of the crashed program.`,
    coreCut: (path: string) =>
      `${path} is cut short: the core was not written to its end. Look at the disk's free space and at ulimit -c, then let it crash again.`,
    otherArchitecture: (core: string, program: string) =>
      `${core} and ${program} are of different architectures, so they do not belong together. Find the binary the core came from.`,
    unsupportedCore: (path: string) =>
      `${path}: Delve reads Linux cores of amd64, arm64, riscv64 and loong64, its own dumps, and windows/amd64 minidumps; this is none of them.`,
    fileMissing: (path: string) => `${path}: there is no such file. Check the path.`,
    fileDenied: (path: string) =>
      `${path}: permission denied. Cores belong to the user of the crashed program: read it as that user or as root (sudo chmod a+r ${path}).`,
    fileUnreadable: (path: string, why: string) => `${path} cannot be read: ${why}.`,
    notAFile: (path: string) => `${path} is not a regular file. Name the file itself.`,
    emptyFile: (path: string) =>
      `${path} is empty: the system could not write it. Look at the disk's free space and at ulimit -c, then let the program crash again.`,
    notABinary: (path: string) =>
      `${path} is neither an ELF nor a Windows program. Give the binary that crashed, not its source or a script around it.`,
    binaryMalformed: (path: string, part: string) =>
      `${path} is damaged (${part}). Build the binary again from the same source.`,
    coreMalformed: (path: string, part: string) =>
      `${path} is damaged (${part}) and cannot be read as a core. Copy it again from where it was written, or let the program crash again.`,
    swapped: (core: string, binary: string) =>
      `${core} is a program and ${binary} a core: give the program first, golm-faultcheck core PROGRAM CORE.`,
    coreOfOtherBinary: (core: string, binary: string, why: string, wayOut: string) =>
      `${core} was not written by ${binary}: ${why} ${wayOut}`,
    twoCores: (first: string, second: string) =>
      `${first} and ${second} are both cores. Give the program and one core: golm-faultcheck core PROGRAM CORE.`,
    binaryReplaced: (binary: string) => `${binary} was replaced while it was being read. Start again.`,
    binaryUnknown: (core: string, where: string) =>
      `the program that wrote ${core} was not found (${where}). Name it: golm-faultcheck core PROGRAM ${core}`,
    twinNotGo: (binary: string) =>
      `${binary} tells nothing of how it was built, so no twin can be built. Find the binary before it was stripped, or build one with debug information from the same source.`,
    twinFlagRefused: (binary: string, flag: string) =>
      `${binary} was built with ${flag}, which is not taken over from a file. Build the twin yourself with the same flags, but without -s and -w.`,
    twinGoMissing: (version: string) =>
      `A twin needs the go command, which was not found in PATH. Install ${version}.`,
    twinToolchain: (wanted: string, installed: string) =>
      `A twin needs ${wanted}; ${installed} is installed. Install it with: go install golang.org/dl/${wanted}@latest && ${wanted} download, or allow the download.`,
    twinNotBuilt: (source: string, why: string) => `The twin could not be built in ${source}: ${why}`,
    twinOtherSource: (binary: string) =>
      `What was built has other functions than ${binary}: the source is not that of the binary. Check out the revision it was built from, without changes, and try again.`,
    twinMoved: (binary: string, sections: readonly string[]) =>
      `What was built has the functions of ${binary}, but ${sections.join(", ")} lie elsewhere, so that values would be read from wrong places. Build in the same folder, at the same revision, with the same flags.`,
    twinNoDwarf: (path: string) =>
      `${path} has no debug information either. Look whether GOFLAGS or a wrapper of go strips it.`,
    dumpFailed: (pid: number, why: string) => `Process ${pid} could not be dumped: ${why}`,
    noRoomForDump: (folder: string, needed: number, free: number) =>
      `${folder} has ${mib(free)} free; the dump may need ${mib(needed)}. Name a folder on a larger disk.`,
    corePacked: (path: string, packing: string) =>
      `${path} is packed (${packing}). Unpack it first: golm-faultcheck core reads packed cores as they are, and the command "Open Core Dump in Delve" unpacks them.`,
    corePackedXz: (path: string) =>
      `${path} is packed with xz, which is not read here. Unpack it first: coredumpctl dump PID -o core, or xz -dk ${path}`,
    notUnpacked: (path: string, target: string, why: string) =>
      `${path} could not be unpacked to ${target}: ${why}. Look at the free space there and whether the file is whole.`,
    minidumpThin: (path: string, what: string) =>
      `${path} holds the stacks of threads and no other memory (${what}): goroutines, values and a panic's text are not in it. Write a full dump: DumpType 2 of Windows Error Reporting's LocalDumps with GOTRACEBACK=wer, procdump -ma, or MiniDumpWithFullMemory.`,
    notReachable: (address: string, why: string) => `Delve at ${address} cannot be reached: ${why}.`,
  },
  /** Why a core and a binary belong together or not, each a sentence. */
  reasons: {
    architecture: (core: string, binary: string) => `The core is of ${core}, the binary of ${binary}.`,
    system: (core: string) => `The core is of ${core}, the binary is not.`,
    notRunnable: (type: string) => `The binary is ${type}, which nothing runs.`,
    gnuIdSame: (id: string) => `Both have the GNU build ID ${id}.`,
    gnuIdOther: (core: string, binary: string) =>
      `The program in the core has the GNU build ID ${core}, the binary ${binary}.`,
    goIdSame: (id: string) => `Both have the Go build ID ${id}.`,
    goIdOther: (core: string, binary: string) =>
      `The program in the core has the Go build ID ${core}, the binary ${binary}.`,
    imageSizeSame: (size: number) => `Both take ${size} bytes in memory.`,
    imageSizeOther: (core: number, binary: number) =>
      `The program in the dump takes ${core} bytes in memory, the binary ${binary}.`,
    timeStampOther: (core: number, binary: number) =>
      `The program in the dump has the time stamp ${core}, the binary ${binary}.`,
    headerSame: () => "The program's first page in the core holds the same headers as the binary.",
    headerOther: () => "The program's first page in the core holds other headers than the binary.",
    layoutSame: () =>
      "The runtime's table of the module in the core is that of the binary: every section lies where it should.",
    layoutOther: () =>
      "The runtime's table of the module in the core is not that of the binary: its sections lie elsewhere.",
    entryOther: (core: string, binary: string) =>
      `The program in the core starts at ${core}, the binary at ${binary}.`,
    buildSame: (version: string) => `Both tell of the same build by ${version}.`,
    goVersionOther: (core: string, binary: string) =>
      `The program in the core was built by ${core}, the binary by ${binary}.`,
    moduleOther: (core: string, binary: string) =>
      `The program in the core is ${core}, the binary is ${binary}.`,
    revisionOther: (core: string, binary: string) =>
      `The program in the core was built from revision ${core}, the binary from ${binary}.`,
    settingsOther: (names: readonly string[]) => `They were built with other settings: ${names.join(", ")}.`,
    pathSame: (path: string) => `The core names ${path}, which is the binary's path.`,
    pathOther: (path: string) => `The core names ${path}.`,
    newer: () => "The binary is newer than the core: it may have been built again since the crash.",
    nothing: () => "The core holds nothing of the program that could be compared.",
  },
  /** Why no core was written, or where it went. */
  makeCore: {
    lands: (path: string) => `The core will be ${path}.`,
    free: (bytes: number) =>
      `${(bytes / 2 ** 30).toFixed(1)} GB are free there. A core takes about as much as the program has in memory.`,
  },
  noCore: {
    platform: (platform: string): string =>
      platform === "win32"
        ? "On Windows a crash leaves a minidump when GOTRACEBACK=wer is set and Windows Error Reporting keeps dumps (registry: HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps, DumpType 2). Or dump the running process: procdump -ma PID"
        : "On macOS Go programs leave no core that Delve can read. Dump the running process, or crash it on Linux.",
    hardLimit: () =>
      "The hard limit for cores is 0, which only root can raise: in a container set --ulimit core=-1, in a systemd unit LimitCORE=infinity.",
    softLimit: () =>
      "The limit for cores is 0 (ulimit -c). Raise it where the program is started: ulimit -c unlimited",
    shortLimit: (bytes: number) =>
      `The limit for cores is ${mib(bytes)}: larger ones are cut and cannot be read. Raise it: ulimit -c unlimited`,
    traceback: (value: string) =>
      value === ""
        ? "GOTRACEBACK is not set: a Go program that panics then ends with status 2 and leaves no core. Start it with GOTRACEBACK=crash."
        : `GOTRACEBACK is ${value}: a Go program that panics then ends with status 2 and leaves no core. Start it with GOTRACEBACK=crash.`,
    noPattern: () =>
      "kernel.core_pattern is empty and no core is written. As root: sysctl -w kernel.core_pattern=core.%p",
    systemd: () =>
      "systemd-coredump takes the cores of this machine: coredumpctl list shows them, coredumpctl dump PID -o core brings one out.",
    apport: () =>
      "Apport takes the cores of this machine and drops those of programs that no package owns; look in /var/lib/apport/coredump and /var/crash.",
    handler: (program: string) =>
      `${program} takes the cores of this machine (kernel.core_pattern): look where it keeps them.`,
    hostHandler: (program: string) =>
      `In a container the host's kernel.core_pattern counts, and it hands cores to ${program} on the host: the core is there, not here.`,
    readOnly: (folder: string) =>
      `The core would go to ${folder}, where nothing can be written. Start the program in a folder it may write to, or set kernel.core_pattern to an absolute path.`,
    noRoom: (folder: string, free: number) =>
      `The disk of ${folder} has only ${mib(free)} free: the core is cut or not written. Make room, or set kernel.core_pattern to another disk.`,
    filter: () => "coredump_filter leaves the heap out of cores: echo 0x33 > /proc/PID/coredump_filter",
    filterHeaders: () =>
      "coredump_filter leaves the program's headers out of cores, so that core and binary cannot be compared for sure: echo 0x33 > /proc/PID/coredump_filter",
    ptraceScope: (scope: number) =>
      scope === 3
        ? "kernel.yama.ptrace_scope is 3: no process can be traced until the machine is started anew."
        : `kernel.yama.ptrace_scope is ${scope}: only a parent or root may dump a process. As root: sysctl -w kernel.yama.ptrace_scope=0`,
    ptraceContainer: () =>
      "In a container, dumping another process needs the capability SYS_PTRACE: docker run --cap-add SYS_PTRACE",
  },
  /** The report of a core. */
  report: {
    core: "Core",
    values: "Values",
    waits: "Waited for",
    memory: "Memory",
    native: "Native stack",
    stack: "Stack",
    groups: "All goroutines",
    notRead: "Not read",
    process: (pid: number, command: string) => `process ${pid}: ${command}`,
    built: (version: string, path: string, revision: string) =>
      [`built by ${version}`, path, revision].filter((each) => each !== "").join(", "),
    belongs: (why: string) => `Core and binary belong together. ${why}`,
    unsure: (why: string) => `Whether core and binary belong together is not certain. ${why}`,
    twin: (path: string) => `Read through a twin with debug information: ${path}`,
    unreadFailure: () =>
      "The process ended itself by SIGABRT: Go does so after a panic, a fatal error or a signal, C by abort(). Which it was is not in what can be read; the program's standard error has it (--log FILE).",
    noFailure: () => "The core shows no failure: it is a dump of a process that ran.",
    thread: (goroutine: number | undefined, thread: number | undefined) =>
      [goroutine !== undefined && `goroutine ${goroutine}`, thread !== undefined && `thread ${thread}`]
        .filter((each) => each !== false)
        .join(" on "),
    panicValue: (type: string, value: string) => `the panic's value: ${type} ${value}`,
    unreadable: (names: string) => `not readable here: ${names}`,
    asIn: (where: string) => `as above (${where})`,
    stop: "; ",
    waitsOn: (waiting: string, state: string, what: string) => `${waiting} × ${state} on ${what}`,
    named: (path: string, name: string, address: string) => `${path} in ${name} (at ${address})`,
    unnamed: (kind: "mutex" | "rwmutex" | "channel" | "other", address: string) =>
      `the ${{ mutex: "sync.Mutex", rwmutex: "sync.RWMutex", channel: "channel", other: "lock" }[kind]} at ${address}`,
    /** `held` where the next lines say by whom. */
    mutexState: (locked: boolean, waiters: number | undefined, starving: boolean, held: boolean) =>
      [
        locked ? "locked" : "not locked",
        ...(waiters === undefined ? [] : [`${waiters} waiting by its own count`]),
        ...(starving ? ["starving"] : []),
        ...(locked && !held
          ? ["Go does not record who holds it, and no deferred Unlock of it was found"]
          : []),
      ].join(", "),
    heldBy: (goroutine: number, reads: boolean, place: string) =>
      `goroutine ${goroutine} has still to call its deferred ${reads ? "RUnlock" : "Unlock"}: ${place}`,
    ring: (ids: readonly number[]) =>
      ids.length === 1
        ? `Deadlock: goroutine ${ids[0]} waits for a lock that it holds itself.`
        : `Deadlock: ${ids.map((id, index) => `goroutine ${id} waits for ${ids[(index + 1) % ids.length]}`).join(", ")}.`,
    rwState: (readers: number, writerHolds: boolean, writerWaits: boolean) =>
      writerHolds
        ? "held by a writer"
        : `${readers} ${readers === 1 ? "reader" : "readers"}${writerWaits ? ", a writer waiting for them" : ""}`,
    channelState: (length: number, capacity: number, closed: boolean) =>
      capacity === 0
        ? closed
          ? "unbuffered, closed"
          : "unbuffered"
        : `${length} of ${capacity} filled${closed ? ", closed" : ""}`,
    goroutines: (ids: readonly number[], more: number) =>
      `${ids.length === 1 ? "goroutine" : "goroutines"} ${ids.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    heap: (live: string, inUse: string) => `heap: ${live} live, ${inUse} in use`,
    released: (free: string, released: string) => `${free} free, ${released} given back to the system`,
    limit: (limit: string | undefined, percent: string) =>
      `${limit === undefined ? "no memory limit" : `GOMEMLIMIT ${limit}`}, GOGC ${percent}`,
    collector: (count: number, running: boolean) =>
      (count === 0 ? "no garbage collection yet" : `${count} garbage collection${count === 1 ? "" : "s"}`) +
      (running ? ", one under way" : ""),
    threads: (threads: number, procs: number) => `${threads} threads, GOMAXPROCS ${procs}`,
    surveyed: (listed: number, total?: number) =>
      total === undefined ? `${listed} goroutines` : `${listed} of ${total} goroutines looked at`,
    moreGroups: (more: number) => `${more} more groups (--all)`,
    createdBy: (name: string) => `started by ${name}`,
    gaps: {
      stripped:
        "The binary has no debug information: no variables, no goroutines. --twin builds one that has, from the same source.",
      optimized:
        "Some variables live in registers that were overwritten. The callers may still hold them; a build with -gcflags='all=-N -l' keeps all.",
      "go-in-library":
        "The Go code is in a library that the program loads, and Delve reads Go of the program alone: no variables, no goroutines. The stack is gdb's.",
      "other-libraries":
        "A library of the native stack was changed after the core was written, or is gone: names and lines in it may be wrong. Put the one that ran in its place.",
      "no-goroutines": "Delve found no goroutines in this core.",
      "survey-cut": "Not all goroutines were looked at, for want of time. --limit SECONDS gives more.",
      "no-stack": "Delve could not unwind the stack.",
      "cut-core": "The core is cut short: what lies behind its end reads as nothing.",
    },
    progress: (listed: number, total: number | undefined) =>
      total === undefined ? `goroutines read: ${listed}` : `goroutines read: ${listed} of ${total}`,
    otherLog: (path: string) => `${path} holds no crash of this core; it was left out.`,
    needsTwin: (binary: string) =>
      `${binary} has no debug information: Delve shows no variables and no goroutines. --twin builds a twin from the source in --source (default: the working directory).`,
    nothingStops: "Nothing stands in the way of a core here.",
  },
  wayOut: {
    find: (id: string) =>
      `Find the binary with build ID ${id}: the one that was deployed, or an image of that release.`,
    build: (version: string, revision: string) =>
      `Find the binary that was deployed, or build it again: Go ${version}, revision ${revision}, same flags.`,
    deployed: () => "Find the binary that was running: the one deployed at the time of the crash.",
  },
};

export type DelveWords = typeof en;
