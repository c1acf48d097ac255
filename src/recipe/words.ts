/** Words of the scripts, in both languages. */
import type { Language } from "../faulttree/diagnosis.ts";
import type { ParsedRecipe } from "./model.ts";
import type { RenderOptions } from "./render.ts";

const en = {
  dlvUse: (command: string) => `Run: ${command}`,
  gdbUse: (command: string) => `Run: ${command}`,
  debugBuild: "Shows these values only of a program built with -gcflags='all=-N -l'.",
  debugLive:
    "Build the program with -gcflags='all=-N -l', as dlv debug does: else some variables are not there.",
  plainLive: "Build the program as you release it: with -gcflags='all=-N -l' the fault does not show.",
  proves: (text: string) => `It is the cause if: ${text}`,
  refutes: (text: string) => `It is not if: ${text}`,
  placeFrom: (place: string) => `Stops at the line of your crash: ${place}`,
  example: (name: string) =>
    `${name} is the example's function: put yours in its place, or give the crash text.`,
};

export type RecipeWords = typeof en;

const zhCn: RecipeWords = {
  dlvUse: (command) => `运行：${command}`,
  gdbUse: (command) => `运行：${command}`,
  debugBuild: "只有用 -gcflags='all=-N -l' 构建的程序才能显示这些值。",
  debugLive: "请像 dlv debug 那样用 -gcflags='all=-N -l' 构建程序，否则有些变量看不到。",
  plainLive: "请按发布方式构建程序：加上 -gcflags='all=-N -l' 就复现不出来。",
  proves: (text) => `若如此，可以确认：${text}`,
  refutes: (text) => `若如此，可以排除：${text}`,
  placeFrom: (place) => `停在崩溃文本给出的那一行：${place}`,
  example: (name) => `${name} 是示例程序里的函数：换成你自己的，或者给出崩溃文本。`,
};

const WORDS: Readonly<Record<Language, RecipeWords>> = { en, "zh-cn": zhCn };

export function words(language: Language): RecipeWords {
  return WORDS[language];
}

/** How the program has to be built for a recipe, where that matters. */
export function buildNote({ kind, how, build }: ParsedRecipe, { language }: RenderOptions): string[] {
  const m = words(language);
  if (how === "core") return build === "debug" ? [m.debugBuild] : [];
  if (kind === "live") return [build === "debug" ? m.debugLive : m.plainLive];
  return build === "debug" ? [m.debugLive] : [];
}
