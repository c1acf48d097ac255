/** 调试适配器的中文用语。类型取自英文表，缺一不可。 */
import type { DelveFeature } from "../../delve/versions.ts";
import type { AdapterWords } from "./en.ts";

const FEATURES: Readonly<Record<DelveFeature, string>> = {
  memory: "内存视图",
  hitConditions: "命中次数条件",
  dataBreakpoints: "数据断点",
  memoryChanges: "内存修改",
};

export const zhCn: AdapterWords = {
  noProgram: (mode) =>
    `缺少 "program"：模式 "${mode}" 需要给出${mode === "core" ? "崩溃程序的二进制" : mode === "exec" ? "一个二进制" : "包所在的文件夹"}的路径。`,
  noCore: () => '缺少 "core"：请给出 core 文件的路径。',
  noPid: () => '缺少 "processId"，或者它不是数字：请给出要附加的进程号。',
  unknownMode: (mode) => `没有 "${mode}" 这种模式：请用 core、debug、test 或 exec。`,
  wrongType: (name, wanted) => `"${name}" 必须是 ${wanted}。`,
  types: { text: "字符串", flag: "true 或 false", list: "字符串列表", words: "值为字符串的对象" },
  notAbsolute: (name, path) =>
    `"${name}" 必须是绝对路径，现在是 ${path}：请写成 \${workspaceFolder}/${path}。`,
  notStarted: () => "还没有调试会话：请先发送 launch 或 attach。",
  second: () => "这个适配器已经有一个会话：第二个会话请另启一个适配器。",

  coreOpened: (core, program) => `已用 Delve 打开 ${program} 的 core 文件 ${core}。`,
  delveLacks: (version, features, since) =>
    `Delve ${version} 可以使用，但不向编辑器提供${features.map((each) => FEATURES[each]).join("、")}；${since} 起才有。recipe 里的观察点不受影响。`,
  matchSame: (why) => `core 与二进制相符：${why}`,
  matchUnknown: (why) => `无法证明 core 与二进制相符：${why}如果栈帧说不通，请找到当时运行的二进制。`,
  stripped: (program) =>
    `${program} 去掉了调试信息（-s 或 -w），Delve 看不到变量和 goroutine。请重建带调试信息的孪生程序：golm-faultcheck core 会说明做法。`,
  stayed: () =>
    "core 只是崩溃那一刻的快照，不能继续运行。请查看栈帧、变量和 goroutine，或按步骤重新启动程序。",
  noBreakpoints: () => "core 不会运行，断点不起作用：断点留待运行中的会话使用。",
  noChange: () => "core 的内容不能修改。",
  reasonPanic: () => "panic",
  reasonFatal: () => "致命错误",
  reasonSignal: (name) => `信号 ${name}`,
  unreadReason: () =>
    "进程用 SIGABRT 结束了自己：Go 在 panic、致命错误或信号之后会这样，C 则是调用了 abort()。Delve 看不出是哪一种；golm-faultcheck core 还会询问 gdb。",
  reasonDump: () => "运行中进程的转储",
  nothingCrashed: () => "这个 core 取自运行中的进程，其中没有崩溃。",
  at: (address) => `地址 ${address}`,
  faultAt: (place) => `出错位置：${place}`,
  diagnosis: (headline) => `诊断：${headline}`,
  cause: (title, percent) => `可能原因：${title}（${percent}）`,

  running: () => "运行中",
  group: (count, what) => `${count} × ${what}`,
  grouped: (listed, groups) =>
    `共 ${listed} 个 goroutine，按首个用户栈帧合并为 ${groups} 组显示：Delve 最多列出 1,024 个。`,
  groupedPart: (listed, all, groups) =>
    `约 ${all} 个 goroutine 中，限时内读到 ${listed} 个，按首个用户栈帧合并为 ${groups} 组显示。`,
  waitsAt: (reason, place) => `${reason}，位于 ${place}`,

  noRecipe: (id) => `没有名为 "${id}" 的调试步骤：请给出原因的 id，或 .golm/recipes 下的文件。`,
  noLiveRecipe: (id, kinds) =>
    `"${id}" 没有针对运行中程序的步骤，只有：${kinds}。gdb 步骤在终端里运行，core 步骤用于 core 文件。`,
  withTwin: (twin) => `用带调试信息的孪生程序读取：${twin}。`,
  noCoreRecipe: (id, kinds) => `"${id}" 没有针对 core 文件的步骤，只有：${kinds}。`,
  recipeBroken: (why) => `这份调试步骤无法使用：${why}`,
  exampleOnly: () =>
    "这份调试步骤停在目录示例程序的函数里，而这个程序没有这些函数。请从崩溃的诊断启动它，诊断会换成崩溃所在的行；也可以在 .golm/recipes 里写自己的调试步骤。",
  recipeBegins: (title) => `调试步骤：${title}`,
  debugBuild: () =>
    "只有不带优化构建的程序（-gcflags='all=-N -l'）才能显示这些值：debug 和 test 模式就是这样构建的。",
  placed: (what, place) => `将停在 ${what}（${place}）`,
  placedWatch: (expression, access, slots) => `监视 ${expression} 的${access}（${slots}）`,
  access: { w: "写入", r: "读取", rw: "读写" },
  slots: (used, all) => `硬件监视点 ${used}/${all}`,
  notPlaced: (what, why) => `无法停在 ${what}：${why}`,
  shared: (what) => `与你在 ${what} 的断点共用`,
  sharedWithRecipe: () => "调试步骤也会停在这里。",
  hitRecipe: (what) => `调试步骤：${what}`,
  hitWatch: (expression) => `监视点 ${expression}`,
  hitUser: (what) => `你的断点：${what}`,
  changed: (expression, before, after) => `${expression}：${before} → ${after}`,
  nonFinite: () => "Delve 不能比较 NaN 或 Inf，条件无法计算：停在这里正是因为值是其中之一。",
  conditionFailed: (why) => `条件无法计算，因此停下：${why}`,
  outOfScope: (expression) => `${expression} 已随函数返回而失效，监视点随之取消。`,
  saw: (what) => `✓ 已看到：${what}`,
  notSeen: (wanted) => `✗ 没有看到：${wanted}`,
  proves: (text) => `可以确认：${text}`,
  refutes: (text) => `可以排除：${text}`,
  provesIf: (text) => `若如此，可以确认：${text}`,
  refutesIf: (text) => `若如此，可以排除：${text}`,
  neverHit: (what) => `程序结束前没有到达：${what}。`,
  watchEnds: () => "栈上的变量只监视到所在函数返回为止，之后 Delve 便不再监视。",
  noFrame: (rule) => `这个栈里没有 ${rule} 栈帧。`,
  unreadable: (expression, why) => `${expression}：${why}`,
  goesOn: () => "继续运行，直到下一处停点。",
  stands: () => "步骤已走完，程序停在这里。可以继续运行，看它会不会再次停下。",

  noSlots: (held) => `4 个硬件监视点已用完（${held}）。请删去一个数据断点，或不带步骤重新启动。`,
  tooWide: (type, size, offer) => `${type} 占 ${size} 字节，而监视点最多 8 字节。${offer}`,
  offerFields: (fields) => `可以监视它的一部分：${fields}。`,
  offerElement: (example) => `可以监视其中一个元素：${example}。`,
  offerLength: (expression) => `可以监视它的长度：${expression}。`,
  watchesLength: (name) => `${name} 的长度`,
  watchesPointer: (name) => `${name} 指向的内容`,
  watchesWord: (name) => `${name}：第一个字`,
  cannotWatch: (name, why) => `无法监视 ${name}：${why}`,
  whyString: () => "string 改变时换的是指针和长度。",
  whyMap: () => "map 的元素没有固定位置，改为监视元素个数。",
  whyNoAddress: () => "它在寄存器中，或者不是变量。",
  whyPlatform: () => "Delve 只在 Linux 和 macOS 的 amd64、arm64 上支持监视点。",

  ended: (why) => `Delve 在会话中途退出（${why}），可能因内存不足被杀。请重新启动会话。`,
  silent: (seconds) => `Delve 已有 ${seconds} 秒没有回应，已将其结束。程序可能过大；请重新启动会话。`,
  exited: (status) => `程序以状态 ${status} 结束。`,
};
