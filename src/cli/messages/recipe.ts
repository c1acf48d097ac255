/** What `recipe` and `instruction` say, in both languages; loaded with them alone. */
import type { Language } from "../../faulttree/diagnosis.ts";

const en = {
  needsId: "recipe needs the id of a cause, or --check FILE. golm-faultcheck list shows all ids.",
  unknownTool: (given: string) => `unknown debugger '${given}'. Known: dlv, dap, gdb.`,
  unknownKind: (given: string) => `unknown kind of recipe '${given}'. Known: live, core.`,
  unknownRecipeKind: (given: string) => `unknown kind of recipe '${given}'. Known: live, core, gdb.`,
  isEvent: (id: string, causes: readonly string[]) =>
    causes.length > 0
      ? `'${id}' is an event; recipes belong to its causes. With one: ${causes.join(", ")}.`
      : `'${id}' is an event; recipes belong to causes, and none of its causes has one.`,
  noRecipe: (id: string, has: readonly string[]) =>
    has.length > 0
      ? `${id} has no such recipe. It has: ${has.join("; ")}.`
      : `${id} has no recipe: a debugger shows nothing there. golm-faultcheck explain ${id} says what does.`,
  near: (ids: readonly string[]) => `Causes near to it that have one: ${ids.join(", ")}.`,
  starName: (name: string) =>
    `${name}: this script loads itself, and Delve tells such a file by its name. Let it end in .star.`,
  cannotWrite: (name: string, why: string) => `${name} could not be written: ${why}.`,
  written: (name: string, run: string) => `${name} is written. Run: ${run}`,
  noCrash: (name: string) => `${name} holds no Go crash. Give the text that the program printed.`,
  noPlace: (name: string) =>
    `The crash in ${name} names no line of your own code: the recipe is given as it is.`,
  notReadable: (name: string, why: string) => `${name} cannot be read: ${why}.`,
  checkedFine: (name: string, stops: number) => `${name}: no fault found, ${stops} stops.`,
  badPlace: (given: string) =>
    `'${given}' is no place in a function. Write it as the crash text does: main.(*Server).handle+0x1d.`,
  objdumpFailed: (exe: string, why: string) => `go tool objdump could not read ${exe}: ${why}`,
  noFunction: (name: string, exe: string, near: readonly string[]) =>
    near.length > 0
      ? `${exe} has no function ${name}. Near to it: ${near.join(", ")}.`
      : `${exe} has no function ${name}. Was it inlined, take the next frame with an offset; else this is another program.`,
  beyondFunction: (name: string, size: string) =>
    `The offset lies behind the end of ${name}, which has ${size} bytes: this is another build.`,
  noGo: "go was not found: its objdump reads the program. Install Go, or put it into PATH.",
  reads: (operand: string) => `reads ${operand}`,
  writes: (operand: string) => `writes ${operand}`,
  calls: (operand: string) => `calls ${operand}`,
  returns: (name: string) => `is where ${name} returns to`,
  register: (name: string, value: string) => `${name} was ${value}`,
  address: (sum: string) => `so the address is ${sum}`,
  faultHere: (addr: string) => `that is the address of the fault, ${addr}`,
  faultElsewhere: (addr: string) => `the fault was at ${addr}: registers or program belong to another crash`,
  mustHave: (addr: string, register: string, held: string) =>
    `the fault was at ${addr}: so ${register} held ${held}`,
  isNil: "a nil pointer, plus the offset of a field",
};

export type RecipeMessages = typeof en;

const zhCn: RecipeMessages = {
  needsId: "recipe 需要一个原因的编号，或者 --check 文件。golm-faultcheck list 可列出全部编号。",
  unknownTool: (given) => `未知的调试器“${given}”。可用的有：dlv、dap、gdb。`,
  unknownKind: (given) => `未知的步骤种类“${given}”。可用的有：live、core。`,
  unknownRecipeKind: (given) => `未知的步骤种类“${given}”。可用的有：live、core、gdb。`,
  isEvent: (id, causes) =>
    causes.length > 0
      ? `“${id}”是事件，调试步骤属于它下面的原因。有步骤的：${causes.join("、")}。`
      : `“${id}”是事件，调试步骤属于原因，而它的原因都没有步骤。`,
  noRecipe: (id, has) =>
    has.length > 0
      ? `${id} 没有这种步骤。现有：${has.join("；")}。`
      : `${id} 没有调试步骤：调试器在这里看不到什么。该怎么查见 golm-faultcheck explain ${id}。`,
  near: (ids) => `相近且有步骤的原因：${ids.join("、")}。`,
  starName: (name) => `${name}：此脚本会加载自身，Delve 靠文件名识别它。文件名要以 .star 结尾。`,
  cannotWrite: (name, why) => `无法写入 ${name}：${why}。`,
  written: (name, run) => `已写入 ${name}。运行：${run}`,
  noCrash: (name) => `${name} 里没有 Go 崩溃。请给出程序打印的崩溃文本。`,
  noPlace: (name) => `${name} 里的崩溃没有指出你自己代码的行：步骤按原样给出。`,
  notReadable: (name, why) => `无法读取 ${name}：${why}。`,
  checkedFine: (name, stops) => `${name}：没有发现错误，共 ${stops} 处停顿。`,
  badPlace: (given) => `“${given}”不是函数里的位置。请照崩溃文本的写法：main.(*Server).handle+0x1d。`,
  objdumpFailed: (exe, why) => `go tool objdump 读不了 ${exe}：${why}`,
  noFunction: (name, exe, near) =>
    near.length > 0
      ? `${exe} 里没有函数 ${name}。相近的有：${near.join("、")}。`
      : `${exe} 里没有函数 ${name}。若它被内联了，请用下面第一个带偏移的栈帧；否则这不是崩溃的那个程序。`,
  beyondFunction: (name, size) => `偏移超出了 ${name} 的末尾（共 ${size} 字节）：这是另一次构建的产物。`,
  noGo: "没有找到 go：要用它的 objdump 读取程序。请安装 Go，或把它加进 PATH。",
  reads: (operand) => `读 ${operand}`,
  writes: (operand) => `写 ${operand}`,
  calls: (operand) => `调用 ${operand}`,
  returns: (name) => `是 ${name} 的返回位置`,
  register: (name, value) => `${name} 当时是 ${value}`,
  address: (sum) => `因此地址是 ${sum}`,
  faultHere: (addr) => `正是出错的地址 ${addr}`,
  faultElsewhere: (addr) => `出错的地址却是 ${addr}：寄存器或程序属于另一次崩溃`,
  mustHave: (addr, register, held) => `出错的地址是 ${addr}：可见 ${register} 当时是 ${held}`,
  isNil: "空指针加上字段的偏移",
};

const WORDS: Readonly<Record<Language, RecipeMessages>> = { en, "zh-cn": zhCn };

export function recipeMessages(language: Language): RecipeMessages {
  return WORDS[language];
}
