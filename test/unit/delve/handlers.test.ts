/** Cores as systemd-coredump and Apport keep them: recorded from the real programs by test/fixtures-src/handlers. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { isCore, openCore } from "../../../src/delve/core-file.ts";
import { coredumpctlList, findCores } from "../../../src/delve/find-core.ts";
import { Lz4Decoder } from "../../../src/delve/lz4.ts";
import { packingOf, unpackCore } from "../../../src/delve/packed-core.ts";
import { program as cli } from "../cli/cli.ts";
import { build, delve, temporary } from "./fixture.ts";

vi.setConfig({ testTimeout: 60_000 });

const KEPT = join(import.meta.dirname, "handlers");
const systemd = join(KEPT, readdirSync(KEPT).find((name) => name.endsWith(".zst"))!);
const apport = join(KEPT, "_srv_service_standing.0.crash");
const list = readFileSync(join(KEPT, "coredumpctl.json"), "utf8");

let dlv = "";
beforeAll(async () => {
  dlv = await delve();
}, 600_000);

/** The program of the recorded core: Go writes the same bytes again with the same release. */
function standing(): string {
  const env = {
    GOOS: "linux",
    GOARCH: "amd64",
    GOAMD64: "v1",
    GOEXPERIMENT: "",
    CGO_ENABLED: "0",
    GOTOOLCHAIN: "go1.26.8",
  };
  return build("standing", { flags: ["-trimpath"], env }).program;
}

function core(...args: string[]) {
  const scratch = join(temporary(), "scratch");
  mkdirSync(scratch, { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "core", "--delve", dlv, ...args], {
    cwd: temporary(),
    encoding: "utf8",
    env: { ...process.env, LANG: "C", LC_ALL: "", LC_MESSAGES: "", NO_COLOR: "1", TMPDIR: scratch },
    timeout: 60_000,
  });
  expect(readdirSync(scratch)).toEqual([]);
  return { status, stdout, stderr };
}

const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("a packed core", () => {
  it("of systemd and the same one of Apport unpack to the same file with holes, for its owner alone", async () => {
    const [a, b] = [join(temporary(), "a"), join(temporary(), "b")];
    await unpackCore(systemd, a);
    await unpackCore(apport, b);
    expect(digest(a)).toBe(digest(b));
    const { size, blocks, mode } = statSync(a);
    expect(mode & 0o777).toBe(0o600);
    expect(blocks * 512).toBeLessThan(size / 4);
    const { info, source } = openCore(a);
    expect(info.process!.commandLine).toBe("./standing 5 out of slots");
    source.close();
    await expect(unpackCore(systemd, a)).rejects.toMatchObject({ code: "notUnpacked" });
    expect(existsSync(a)).toBe(true);
  });

  it("is read by the command as it is, and nothing is left", () => {
    for (const path of [systemd, apport]) {
      const { status, stdout, stderr } = core("--format", "json", standing(), path);
      expect(status, stderr).toBe(1);
      const answer = JSON.parse(stdout);
      expect(answer.core.reason.panics[0].value).toBe("out of slots");
      expect(answer.core.match.verdict).toBe("same");
    }
  });

  it("that is cut or holds none is refused with a sentence, and leaves no file", async () => {
    const cut = join(temporary(), "core.cut.zst");
    copyFileSync(systemd, cut);
    truncateSync(cut, 20_000);
    const { status, stderr } = core(standing(), cut);
    expect(status).toBe(2);
    expect(stderr).toContain("core.cut.zst");
    const empty = join(temporary(), "empty.crash");
    writeFileSync(empty, "ProblemType: Crash\nSignal: 6\n");
    const target = join(temporary(), "none");
    await expect(unpackCore(empty, target)).rejects.toMatchObject({ code: "notUnpacked" });
    await expect(unpackCore(cut, target)).rejects.toMatchObject({ code: "notUnpacked" });
    expect(existsSync(target)).toBe(false);
    const xz = join(temporary(), "core.xz");
    writeFileSync(xz, Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]));
    expect(core(standing(), xz).stderr).toContain("coredumpctl dump");
  });

  it("in LZ4 is read, whether or not its blocks lean on each other, in whatever pieces it comes", async () => {
    const whole = join(temporary(), "whole");
    await unpackCore(systemd, whole);
    const wanted = readFileSync(whole).subarray(0, 300_000);
    for (const name of ["linked.lz4", "independent.lz4"]) {
      const packed = readFileSync(join(KEPT, name));
      expect(packingOf(join(KEPT, name))).toBe("lz4");
      for (const piece of [1, 7, 4096, packed.length]) {
        const parts: Uint8Array[] = [];
        const decoder = new Lz4Decoder((data) => parts.push(data.slice()));
        for (let at = 0; at < packed.length; at += piece) decoder.push(packed.subarray(at, at + piece));
        decoder.end();
        expect(Buffer.concat(parts).equals(wanted)).toBe(true);
      }
      const cut = new Lz4Decoder(() => {});
      cut.push(packed.subarray(0, 1000));
      expect(() => cut.end()).toThrow("cut short");
    }
  });
});

describe("the lists", () => {
  it("of coredumpctl name those that are still there", () => {
    const [kept, gone] = JSON.parse(list);
    expect(gone.corefile).toBe("missing");
    expect(coredumpctlList(list)).toEqual([
      {
        from: "coredumpctl",
        pid: kept.pid,
        time: kept.time / 1000,
        program: "/srv/service/standing",
        signal: "6",
        bytes: kept.size,
      },
    ]);
  });

  it("of systemd's folder and of coredumpctl are one, of Apport's reports with what they tell", async () => {
    // Answers what was recorded of the real one.
    const coredumpctl = join(temporary(), "coredumpctl");
    writeFileSync(coredumpctl, `#!/bin/sh\ncat '${join(KEPT, "coredumpctl.json")}'\n`);
    chmodSync(coredumpctl, 0o755);
    const where = { folders: [], records: "/nowhere", pattern: "core", apport: "/nowhere" };
    const both = await findCores({ ...where, coredumpctl, systemd: KEPT, reports: KEPT });
    expect(both).toHaveLength(2);
    expect(both).toContainEqual(
      expect.objectContaining({
        from: "coredumpctl",
        path: systemd,
        program: "/srv/service/standing",
        signal: "6",
      }),
    );
    expect(both).toContainEqual(
      expect.objectContaining({
        from: "apport",
        path: apport,
        program: "/srv/service/standing",
        pid: 4242,
        signal: "6",
      }),
    );
    const listed = await findCores({ ...where, coredumpctl, systemd: "/nowhere", reports: "/nowhere" });
    expect(listed.map(({ path, pid }) => [path, pid])).toEqual([[undefined, JSON.parse(list)[0].pid]]);
    const files = await findCores({ ...where, coredumpctl: "/nowhere", systemd: KEPT, reports: "/nowhere" });
    expect(files.map(({ path, pid }) => [path, pid])).toEqual([[systemd, JSON.parse(list)[0].pid]]);
    expect([isCore(systemd), isCore(apport), isCore(tmpdir())]).toEqual([true, true, false]);
  });
});
