import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/editor/**/*.test.ts"],
    // Needs what no registry has.
    exclude: process.env.GOLM_GO_EXTENSION ? [] : ["test/editor/beside/**"],
    environment: "node",
    globalSetup: "test/editor/setup/vitest.ts",
    // An editor is a browser, a server and an extension host: one at a time keeps two cores busy.
    maxWorkers: 1,
    isolate: false,
    // A browser, a server and a Go toolchain share a machine's cores: what times out once is tried once more.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
