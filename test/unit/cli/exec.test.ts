// The recorder as a user runs it: nothing changes for the program and its reader, and a crash is kept.
import { type SpawnSyncOptions, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listRecords } from "../../../src/recorder/record.ts";
import { program } from "./cli.ts";

const GO = `package main

import (
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func main() {
	switch os.Args[1] {
	case "panic":
		fmt.Println("loading")
		var cache map[string]int
		cache["a"] = 1
	case "exit":
		status, _ := strconv.Atoi(os.Args[2])
		os.Exit(status)
	case "order":
		for i := range 200 {
			fmt.Println("out", i)
			fmt.Fprintln(os.Stderr, "err", i)
		}
	case "kill":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		time.Sleep(time.Second)
	case "wait":
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		fmt.Fprintln(os.Stderr, "ready")
		fmt.Fprintln(os.Stderr, "heard", <-stop)
		os.Exit(3)
	case "flood":
		for {
			if _, err := fmt.Println("token"); err != nil {
				os.Exit(4)
			}
		}
	}
}
`;

const TEST = `package main

import (
	"testing"
	"time"
)

func TestPass(t *testing.T) {}

func TestPanic(t *testing.T) {
	var next []int
	_ = next[len(next)]
}

func TestHang(t *testing.T) {
	time.Sleep(time.Minute)
}
`;

let folder: string;
let server: string;
let records: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "golm-exec-"));
  writeFileSync(join(folder, "go.mod"), "module example.com/server\n\ngo 1.24\n");
  writeFileSync(join(folder, "main.go"), GO);
  writeFileSync(join(folder, "main_test.go"), TEST);
  server = join(folder, "server");
  const built = spawnSync("go", ["build", "-o", server, "."], { cwd: folder, encoding: "utf8" });
  expect(built.stderr).toBe("");
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let number = 0;
beforeEach(() => {
  records = join(folder, `records-${number++}`);
  mkdirSync(records);
});

const env = () => ({ ...process.env, GOLM_RECORDS: records, GOTRACEBACK: "single", LANG: "C" });
const options = (): SpawnSyncOptions & { encoding: "utf8" } => ({
  cwd: folder,
  encoding: "utf8",
  env: env(),
});
const bare = (...args: string[]) => spawnSync(server, args, options());
const recorded = (...args: string[]) =>
  spawnSync(process.execPath, [program, "exec", "--", server, ...args], options());
const kept = async () => (await listRecords(records)).map(({ record }) => record);

/** Addresses, and the goroutine's number, differ from run to run. */
const still = (text: string) => text.replace(/0x[0-9a-f]+/g, "0x");

describe("a run that crashes", () => {
  test("looks as it does without the recorder", () => {
    const [without, through] = [bare("panic"), recorded("panic")];
    expect(through.status).toBe(2);
    expect(through.stdout).toBe(without.stdout);
    expect(still(through.stderr)).toBe(still(without.stderr));
  });

  test("is kept with its text and its program", async () => {
    const { stderr } = recorded("panic");
    const [{ folder: place, record } = {}] = await listRecords(records);
    expect(record).toMatchObject({ status: 2, program: { path: server, kept: "program-server" } });
    expect(readFileSync(join(place!, record!.texts[0]!), "utf8")).toBe(stderr);
    const again = spawnSync(join(place!, "program-server"), ["exit", "7"]);
    expect(again.status).toBe(7);
  });

  test("under go test keeps the program that go deletes", async () => {
    const exec = `${process.execPath} ${program} exec --`;
    const args = ["test", "-exec", exec, "-run", "TestPanic", "."];
    const { stdout, status } = spawnSync("go", args, options());
    expect(status).toBe(1);
    expect(stdout).toContain("index out of range [0] with length 0");
    expect(stdout).toMatch(/^FAIL\texample\.com\/server/m);
    const [{ folder: place, record } = {}] = await listRecords(records);
    expect(record?.program.kept).toBe("program-server.test");
    const { status: passed } = spawnSync(join(place!, "program-server.test"), ["-test.run", "TestPass"], {
      cwd: folder,
    });
    expect(passed).toBe(0);
  }, 120_000);

  test("by go's own time limit gives its dump", async () => {
    const exec = `${process.execPath} ${program} exec --`;
    const args = ["test", "-exec", exec, "-run", "TestHang", "-timeout", "1s", "."];
    const { stdout, status } = spawnSync("go", args, options());
    expect(status).toBe(1);
    expect(stdout).toContain("panic: test timed out after 1s");
    expect(await kept()).toHaveLength(1);
  }, 120_000);
});

describe("a run that does not crash", () => {
  test.each([0, 1, 3])("ends with status %i and leaves nothing", async (status) => {
    expect(recorded("exit", String(status)).status).toBe(status);
    expect(await kept()).toEqual([]);
  });

  test("ends by the signal that ended the program", () => {
    expect(bare("kill").signal).toBe("SIGKILL");
    expect(recorded("kill").signal).toBe("SIGKILL");
  });

  test("keeps the order of both outputs in one pipe", () => {
    const shell = (command: string) => spawnSync("/bin/sh", ["-c", `${command} 2>&1`], options()).stdout;
    const without = shell(`'${server}' order`);
    expect(without.split("\n")).toHaveLength(401);
    expect(shell(`'${process.execPath}' '${program}' exec -- '${server}' order`)).toBe(without);
  });

  test("keeps the two apart in two", () => {
    const { stdout, stderr } = recorded("order");
    expect(stdout).toBe(bare("order").stdout);
    expect(stderr).toBe(bare("order").stderr);
  });

  test("hears a signal that is sent to the recorder", async () => {
    const child = spawn(process.execPath, [program, "exec", "--", server, "wait"], {
      cwd: folder,
      env: env(),
    });
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
      if (said === "ready\n") child.kill("SIGTERM");
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(said).toBe("ready\nheard terminated\n");
    expect(status).toBe(3);
  });

  test("ends when its reader leaves", () => {
    const line = `'${process.execPath}' '${program}' exec -- '${server}' flood 2>&1 | head -n 2`;
    const { stdout } = spawnSync("/bin/sh", ["-c", line], { ...options(), timeout: 15_000 });
    expect(stdout).toBe("token\ntoken\n");
  });

  test("takes options and words that look like ours for the program's", () => {
    const args = ["exec", "/bin/echo", "--lang", "$(id)", "--", "`id`", "; exit 9"];
    const { stdout } = spawnSync(process.execPath, [program, ...args], options());
    expect(stdout).toBe("--lang $(id) -- `id` ; exit 9\n");
  });
});

describe("what cannot be done", () => {
  test("a program that is not there is named", () => {
    const { status, stderr } = spawnSync(process.execPath, [program, "exec", "--", "./no-such"], options());
    expect(status).toBe(127);
    expect(stderr).toBe("golm-faultcheck: ./no-such could not be started: there is no such program.\n");
  });

  test("a record that cannot be written is said, and changes nothing else", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { status, stderr } = spawnSync(process.execPath, [program, "exec", "--", server, "panic"], {
      ...options(),
      env: { ...env(), GOLM_RECORDS: join(file, "records") },
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^panic: assignment to entry in nil map/);
    expect(stderr).toContain("GOLM_RECORDS names another folder.");
  });
});
