/**
 * Compiles the scanner to WebAssembly and writes it as a TypeScript module, so that bundlers, tests and workers load
 * it alike and without a file of its own.
 */
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src/trace/lexer/assembly/index.ts", import.meta.url));
const target = fileURLToPath(new URL("../src/trace/lexer/lexer.wasm.ts", import.meta.url));

/** Builds `lexer.wasm.ts` when it is missing or older than its source. Throws with the compiler's words. */
export async function buildWasm() {
  if (await isCurrent()) return;
  const { default: asc } = await import("assemblyscript/asc");
  const binary = [];
  const { error, stderr } = await asc.main(
    [
      "index.ts",
      "--outFile",
      "index.wasm",
      "--runtime",
      "stub",
      "--optimizeLevel",
      "3",
      "--enable",
      "simd",
      "--noAssert",
      "--initialMemory",
      "2",
      "--importMemory",
    ],
    {
      readFile: (name) => (name === "index.ts" ? readFile(source, "utf8") : null),
      writeFile: (name, data) => {
        if (name.endsWith(".wasm")) binary.push(data);
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`The scanner does not compile:\n${stderr.toString()}`);
  const base64 = Buffer.from(binary[0]).toString("base64");
  await mkdir(fileURLToPath(new URL("../src/trace/lexer/", import.meta.url)), { recursive: true });
  await writeFile(
    target,
    `/** Made from assembly/index.ts by scripts/wasm.mjs. */\nexport const WASM =\n  "${base64}";\n`,
  );
}

async function isCurrent() {
  try {
    const [made, from, script] = await Promise.all([
      stat(target),
      stat(source),
      stat(fileURLToPath(import.meta.url)),
    ]);
    return made.mtimeMs > from.mtimeMs && made.mtimeMs > script.mtimeMs;
  } catch {
    return false;
  }
}
