/** The parts of a Kubernetes Pod that matter here, out of `kubectl get pod -o json`. Pure; wrong types read as absent. */

export interface Probe {
  readonly timeout: number;
  readonly period: number;
  readonly failures: number;
  readonly delay: number;
  /** What is asked: `/healthz:8080`, a command, a port. */
  readonly what: string;
}

export interface Ended {
  readonly exitCode?: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  /** Value, or where it comes from: `limits.memory` of a resourceFieldRef; undefined for what cannot be seen. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fromLimits: Readonly<Record<string, string>>;
  /** envFrom: variables that this text does not show. */
  readonly hiddenEnvironment: boolean;
  readonly memoryLimit?: number;
  readonly cpuLimit?: number;
  readonly storageLimit?: number;
  readonly liveness?: Probe;
  readonly readiness?: Probe;
  readonly startup?: Probe;
  readonly readOnlyRoot: boolean;
  readonly mounts: readonly string[];
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly ended?: Ended;
  readonly lastEnded?: Ended;
}

export interface Pod {
  readonly name: string;
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly grace?: number;
  readonly containers: readonly Container[];
}

type Dict = Readonly<Record<string, unknown>>;

const dict = (value: unknown): Dict =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Dict) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** Pods of a Pod, a List or a PodList; undefined where the value is none of them. */
export function readPods(value: unknown): Pod[] | undefined {
  const object = dict(value);
  if (object.kind === "Pod") return [podOf(object)];
  if (object.kind !== "List" && object.kind !== "PodList") return undefined;
  const pods = list(object.items)
    .map(dict)
    .filter(({ kind }) => kind === "Pod" || (object.kind === "PodList" && kind === undefined));
  return pods.map(podOf);
}

function podOf(object: Dict): Pod {
  const metadata = dict(object.metadata);
  const spec = dict(object.spec);
  const status = dict(object.status);
  const states = [...list(status.containerStatuses), ...list(status.initContainerStatuses)].map(dict);
  const make = (init: boolean) => (entry: unknown) => containerOf(dict(entry), states, init);
  const namespace = text(metadata.namespace);
  return {
    name: `${namespace ? `${namespace}/` : ""}${text(metadata.name) ?? "?"}`,
    containers: [...list(spec.initContainers).map(make(true)), ...list(spec.containers).map(make(false))],
    ...optional({
      phase: text(status.phase),
      reason: text(status.reason),
      message: text(status.message),
      grace: number(spec.terminationGracePeriodSeconds),
    }),
  };
}

function optional<T extends Dict>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function containerOf(spec: Dict, states: readonly Dict[], init: boolean): Container {
  const name = text(spec.name) ?? "?";
  const state = states.find((s) => s.name === name) ?? {};
  const limits = dict(dict(spec.resources).limits);
  const waiting = dict(dict(state.state).waiting);
  const reason = text(waiting.reason);
  return {
    name,
    image: text(spec.image) ?? "?",
    init,
    ...environmentOf(spec),
    hiddenEnvironment: list(spec.envFrom).length > 0,
    readOnlyRoot: dict(spec.securityContext).readOnlyRootFilesystem === true,
    mounts: list(spec.volumeMounts).flatMap((mount) => text(dict(mount).mountPath) ?? []),
    restarts: number(state.restartCount) ?? 0,
    ...optional({
      memoryLimit: quantity(limits.memory),
      cpuLimit: quantity(limits.cpu),
      storageLimit: quantity(limits["ephemeral-storage"]),
      liveness: probeOf(spec.livenessProbe),
      readiness: probeOf(spec.readinessProbe),
      startup: probeOf(spec.startupProbe),
      waiting: reason === undefined ? undefined : { reason, ...optional({ message: text(waiting.message) }) },
      ended: endedOf(dict(state.state).terminated),
      lastEnded: endedOf(dict(state.lastState).terminated),
    }),
  };
}

function environmentOf(spec: Dict): Pick<Container, "environment" | "fromLimits"> {
  const environment: Record<string, string | undefined> = Object.create(null);
  const fromLimits: Record<string, string> = Object.create(null);
  for (const entry of list(spec.env).map(dict)) {
    const name = text(entry.name);
    if (name === undefined) continue;
    environment[name] = text(entry.value);
    const resource = text(dict(dict(entry.valueFrom).resourceFieldRef).resource);
    if (resource) fromLimits[name] = resource;
  }
  return { environment, fromLimits };
}

/** Kubernetes' defaults stand in where the text has none: older dumps of templates leave them out. */
function probeOf(value: unknown): Probe | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const probe = dict(value);
  return {
    timeout: number(probe.timeoutSeconds) ?? 1,
    period: number(probe.periodSeconds) ?? 10,
    failures: number(probe.failureThreshold) ?? 3,
    delay: number(probe.initialDelaySeconds) ?? 0,
    what: askedOf(probe),
  };
}

function askedOf(probe: Dict): string {
  const get = dict(probe.httpGet);
  if (probe.httpGet) return `${text(get.path) ?? "/"}:${String(get.port ?? "")}`;
  if (probe.exec) return list(dict(probe.exec).command).map(String).join(" ");
  return `port ${String(dict(probe.tcpSocket ?? probe.grpc).port ?? "?")}`;
}

function endedOf(value: unknown): Ended | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const ended = dict(value);
  return optional({
    exitCode: number(ended.exitCode),
    signal: number(ended.signal),
    reason: text(ended.reason),
    message: text(ended.message),
  });
}

const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `1500m`, `2Gi`, `1e9`. */
export function quantity(value: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(m|k|[MGT]|[KMGT]i)?$/.exec(String(value ?? ""));
  return match ? Number(match[1]) * SUFFIXES[match[2] ?? ""]! : undefined;
}
