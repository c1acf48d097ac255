import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/golden/**/*.test.ts"],
    environment: "node",
    // Two workers: the suites that build Go programs share the machine with the Go linker.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
