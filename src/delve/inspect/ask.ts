/** Questions to Delve whose answer may not be there: an expression that cannot be read is no failure of the whole. */
import { type ApiLoadConfig, type ApiVariable, type EvalScope, Kind, LOAD } from "../api.ts";
import { DelveProblem } from "../problem.ts";
import type { RpcClient } from "../rpc.ts";

export class Ask {
  constructor(
    readonly rpc: RpcClient,
    readonly signal?: AbortSignal,
  ) {}

  /** Undefined when Delve refuses. Throws when Delve is gone, silent, or the user gave up. */
  async tried<T>(question: Promise<T>): Promise<T | undefined> {
    try {
      return await question;
    } catch (failure) {
      if (failure instanceof DelveProblem && failure.code === "delveRefused") return undefined;
      throw failure;
    }
  }

  get options(): { signal?: AbortSignal } {
    return this.signal ? { signal: this.signal } : {};
  }

  async variable(
    expression: string,
    scope: EvalScope = SELECTED,
    load: ApiLoadConfig = LOAD,
  ): Promise<ApiVariable | undefined> {
    const found = await this.tried(this.rpc.evaluate(expression, scope, load, this.options));
    return found && !found.unreadable ? found : undefined;
  }

  /** A number, also out of one of the runtime's atomics. */
  async number(expression: string, scope?: EvalScope): Promise<number | undefined> {
    const found = await this.variable(expression, scope, { ...LOAD, MaxVariableRecurse: 3 });
    const text = found && scalar(found);
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  }

  async text(expression: string, scope?: EvalScope): Promise<string | undefined> {
    return (await this.variable(expression, scope, { ...LOAD, MaxStringLen: 4096 }))?.value;
  }
}

/** The goroutine or thread that Delve stands at. */
export const SELECTED: EvalScope = { GoroutineID: -1, Frame: 0 };

/** The one value inside of wrappers: atomics, maybeTraceablePtr. */
export function scalar(variable: ApiVariable): string | undefined {
  if (variable.value !== "" && (variable.children?.length ?? 0) === 0) return variable.value;
  // Of a pointer Delve gives what it points to, and where that lies.
  if (variable.kind === Kind.pointer && variable.value === "")
    return variable.children?.[0]?.addr ? String(variable.children[0].addr) : undefined;
  if (variable.kind === Kind.unsafePointer || variable.kind === Kind.pointer) return variable.value;
  const named = variable.children?.find(({ name }) => name === "value" || name === "vp" || name === "u");
  for (const each of [...(named ? [named] : []), ...(variable.children ?? [])]) {
    const found = scalar(each);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}
