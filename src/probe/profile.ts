/** Profiles in pprof's protobuf form, read with pprof-format. Pure: inflated bytes in, values out. */
import { Profile } from "pprof-format";
import { type Group, groupOfStack, keyOf, type Sample, type Spot } from "./goroutine-sample.ts";

export interface HeapSite {
  /** Stack in short: the first functions that are not the runtime's. */
  readonly key: string;
  readonly frames: readonly Spot[];
  readonly inuseBytes: number;
  readonly inuseObjects: number;
  readonly allocBytes: number;
}

export interface HeapSample {
  readonly inuseBytes: number;
  readonly allocBytes: number;
  readonly sites: readonly HeapSite[];
}

export type ReadProfile =
  | { readonly kind: "goroutine"; readonly sample: Sample }
  | { readonly kind: "heap"; readonly heap: HeapSample }
  | { readonly kind: "other"; readonly type: string };

interface Stack {
  readonly spots: readonly Spot[];
  readonly values: readonly number[];
}

/** Undefined where the bytes are no profile. */
export function readProfile(bytes: Uint8Array): ReadProfile | undefined {
  let profile: Profile;
  try {
    profile = Profile.decode(bytes);
  } catch {
    return undefined;
  }
  const strings = profile.stringTable.strings;
  const types = profile.sampleType.map(({ type }) => strings[Number(type)] ?? "");
  if (types.length === 0) return undefined;
  const stacks = readStacks(profile, strings);
  if (types.includes("inuse_space")) return { kind: "heap", heap: heapOf(stacks, types) };
  if (types[0] === "goroutine" || types[0] === "goroutineleak")
    return { kind: "goroutine", sample: goroutinesOf(stacks) };
  return { kind: "other", type: types.join(", ") };
}

function readStacks(profile: Profile, strings: readonly string[]): Stack[] {
  const text = (index: number | bigint) => strings[Number(index)] ?? "";
  const functions = new Map(profile.function.map((f) => [Number(f.id), f]));
  const places = new Map(
    profile.location.map((location) => [
      Number(location.id),
      location.line.map(({ functionId, line }): Spot => {
        const f = functions.get(Number(functionId));
        return { function: f ? text(f.name) : "?", file: f ? text(f.filename) : "?", line: Number(line) };
      }),
    ]),
  );
  return profile.sample.map(({ locationId, value }) => ({
    spots: locationId.flatMap((id) => places.get(Number(id)) ?? []),
    values: value.map(Number),
  }));
}

function goroutinesOf(stacks: readonly Stack[]): Sample {
  const groups = new Map<string, Group>();
  let total = 0;
  for (const { spots, values } of stacks) {
    const group = groupOfStack(spots, values[0] ?? 0);
    total += group.count;
    const known = groups.get(group.key);
    groups.set(group.key, known ? { ...known, count: known.count + group.count } : group);
  }
  const list = [...groups.values()].sort((a, b) => b.count - a.count);
  return { total, groups: list, detailed: false, cut: false };
}

/** Frames that tell one site from another: more would part what is one cache by its callers. */
const SITE_DEPTH = 3;

function heapOf(stacks: readonly Stack[], types: readonly string[]): HeapSample {
  const at = (name: string) => types.indexOf(name);
  const [space, objects, alloc] = [at("inuse_space"), at("inuse_objects"), at("alloc_space")];
  const sites = new Map<string, HeapSite>();
  let [inuse, allocated] = [0, 0];
  for (const { spots, values } of stacks) {
    const own = spots.filter(({ function: name }) => !name.startsWith("runtime."));
    const frames = (own.length > 0 ? own : spots).slice(0, SITE_DEPTH);
    const key = keyOf("", frames);
    const [bytes, count, all] = [values[space] ?? 0, values[objects] ?? 0, values[alloc] ?? 0];
    inuse += bytes;
    allocated += all;
    const before = sites.get(key);
    sites.set(key, {
      key,
      frames,
      inuseBytes: bytes + (before?.inuseBytes ?? 0),
      inuseObjects: count + (before?.inuseObjects ?? 0),
      allocBytes: all + (before?.allocBytes ?? 0),
    });
  }
  const list = [...sites.values()].sort((a, b) => b.inuseBytes - a.inuseBytes);
  return { inuseBytes: inuse, allocBytes: allocated, sites: list };
}
