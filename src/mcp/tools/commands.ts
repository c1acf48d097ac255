/**
 * Tools that are other commands of this program. Each is offered where the program has the command, and runs as a process
 * of its own: a linter or a debugger that dies or hangs must not take the server with it.
 */
import { spawn } from "node:child_process";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { visible } from "../../export/visible.ts";
import type { Language } from "../../faulttree/diagnosis.ts";
import { answer, answering, LONGEST_DATA, Refusal } from "../answer.ts";
import { inLanguageOf } from "../language.ts";
import type { CallSetting, ServerSetting } from "../setting.ts";
import { CommandShape, LanguageInput } from "./shapes.ts";

const SECONDS = 120;
const EXIT_ERROR = 2;
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const path = (what: string) => z.string().min(1).max(4096).describe(`${what}, relative to the first root.`);

export function offerCommands(server: McpServer, given: ServerSetting): void {
  if (given.commands.includes("lint")) offerLint(server, given);
  if (given.commands.includes("core")) offerCore(server, given);
  if (given.commands.includes("recipe")) offerRecipe(server, given);
}

function offerLint(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "lint",
    {
      title: "Lint unsafe and cgo code",
      description:
        "Runs the rules for unsafe and cgo on a Go file or the folder of a package. Changes nothing.",
      inputSchema: { path: path("The file or folder"), language: LanguageInput },
      outputSchema: CommandShape,
      annotations: READ_ONLY,
    },
    ({ path, language }, { signal }) =>
      answering(async () => {
        const call = inLanguageOf(given, language);
        const target = given.roots.resolve(path, call.w, "any");
        return run("lint", ["--format", "json", target], given, call, signal);
      }),
  );
}

function offerCore(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "open_core",
    {
      title: "Open a core dump",
      description:
        "Opens a core dump with the program that left it, without running it, and diagnoses the crash: stack, variables, causes. Refuses a core of another program.",
      inputSchema: { program: path("The executable"), core: path("The core dump"), language: LanguageInput },
      outputSchema: CommandShape,
      annotations: READ_ONLY,
    },
    ({ program, core, language }, { signal }) =>
      answering(async () => {
        const call = inLanguageOf(given, language);
        const files = [program, core].map((name) => given.roots.resolve(name, call.w));
        return run("core", ["--format", "json", ...files], given, call, signal);
      }),
  );
}

function offerRecipe(server: McpServer, given: ServerSetting): void {
  server.registerTool(
    "render_recipe",
    {
      title: "Render a debugger recipe",
      description: "The recipe of a cause as commands for dlv or gdb, or as DAP requests. Ids: list_recipes.",
      inputSchema: {
        id: z.string().regex(/^[a-z0-9][a-z0-9/-]{0,199}$/),
        for: z.enum(["dlv", "dap", "gdb"]),
        language: LanguageInput,
      },
      annotations: READ_ONLY,
    },
    ({ id, for: target, language }, { signal }) =>
      answering(async () => {
        const call = inLanguageOf(given, language);
        const { text } = await output("recipe", [id, "--for", target], given, call, signal);
        return { content: [{ type: "text", text: visible(text) }] };
      }),
  );
}

async function run(
  command: string,
  args: readonly string[],
  given: ServerSetting,
  call: CallSetting,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const { status, text } = await output(command, args, given, call, signal);
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new Refusal(call.w.failed(command, visible(text.slice(0, 200))));
  }
  return answer(text, { status, report }, call.w.cut);
}

interface Ended {
  readonly status: number;
  readonly text: string;
}

/** What a command of this program prints. Throws a Refusal with its own sentence where it could not do its work. */
function output(
  command: string,
  args: readonly string[],
  given: ServerSetting,
  { w, setting }: CallSetting,
  signal: AbortSignal,
): Promise<Ended> {
  const language: Language = setting.language;
  const words = [given.program, command, "--lang", language, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: given.roots.folders[0],
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      timeout: SECONDS * 1000,
      killSignal: "SIGKILL",
    });
    let text = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.length <= LONGEST_DATA) return;
      reject(new Refusal(w.tooLong(command)));
      child.kill("SIGKILL");
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      errors = (errors + chunk).slice(0, 4000);
    });
    child.once("error", (failure) => reject(new Refusal(w.failed(command, failure.message))));
    child.once("close", (status, ended) => {
      if (ended) reject(new Refusal(w.timedOut(command, SECONDS)));
      else if (status === null || status >= EXIT_ERROR) reject(new Refusal(w.failed(command, errors.trim())));
      else resolve({ status, text });
    });
  });
}
