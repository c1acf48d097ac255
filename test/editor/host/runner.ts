/**
 * Runs tests inside an extension host, in a browser's VS Code and a desktop's alike. A suite is one file:
 *
 *     import * as vscode from "vscode";
 *     import { test } from "./runner.ts";
 *     export { run } from "./runner.ts";
 *     test("activates", async () => assert(vscode.extensions.getExtension("golm.golm-faultcheck")?.isActive));
 */

/** Before the result of a test in the host's output, which is all that comes out of it. */
export const RESULT = "golm-test-result ";

export interface HostResult {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly ms: number;
}

interface Test {
  readonly name: string;
  readonly body: () => unknown;
}

const tests: Test[] = [];

const GIVE_UP_MS = 60_000;

export function test(name: string, body: () => unknown): void {
  tests.push({ name, body });
}

/** What VS Code calls. Rejects when a test failed, so that a desktop's exit status says so too. */
export async function run(): Promise<void> {
  if (tests.length === 0) throw new Error("The suite holds no test.");
  let failed = 0;
  for (const { name, body } of tests) {
    const begun = Date.now();
    const error = await attempt(body);
    if (error !== undefined) failed++;
    const result: HostResult = {
      name,
      ok: error === undefined,
      ms: Date.now() - begun,
      ...(error !== undefined && { error }),
    };
    console.log(RESULT + JSON.stringify(result));
  }
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed.`);
}

async function attempt(body: () => unknown): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await Promise.race([
      body(),
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${GIVE_UP_MS / 1000} s`)), GIVE_UP_MS);
      }),
    ]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
