/** A dashboard for Grafana: crashes as `golm-faultcheck watch` counts them, beside what the Go runtime says of itself. */
import type { Language } from "../../faulttree/diagnosis.ts";
import { type FleetWords, fleetWords } from "./messages.ts";

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own syntax.
const SOURCE = { type: "prometheus", uid: "${datasource}" };
const FAULTS = 'golm_faults_total{job=~"$job",instance=~"$instance"}';
const OF = '{job=~"$job",instance=~"$instance"}';
const RANGE = "[$__rate_interval]";

interface Target {
  readonly expr: string;
  readonly legend: string;
  readonly table?: boolean;
}

interface Panel {
  readonly title: string;
  readonly type: "stat" | "timeseries" | "table";
  readonly unit?: string;
  readonly width: 6 | 8 | 12 | 24;
  readonly targets: readonly Target[];
}

/** The dashboard as JSON to import. Deterministic; ids are positions. */
export function grafanaDashboard(language: Language): string {
  const words = fleetWords(language);
  const rows: [string, readonly Panel[]][] = [
    [words.dashboard.crashes, crashPanels(words)],
    [words.dashboard.runtime, runtimePanels(words)],
  ];
  const panels: object[] = [];
  let y = 0;
  for (const [title, list] of rows) {
    panels.push({
      id: panels.length + 1,
      type: "row",
      title,
      collapsed: false,
      panels: [],
      gridPos: { h: 1, w: 24, x: 0, y },
    });
    y = laidOut(list, y + 1, panels);
  }
  return `${JSON.stringify({ ...frame(words), panels }, undefined, 2)}\n`;
}

function frame({ dashboard }: FleetWords): object {
  const variable = (name: string, label: string, query: string) => ({
    name,
    label,
    type: "query",
    datasource: SOURCE,
    query: { query, refId: name },
    includeAll: true,
    multi: true,
    refresh: 2,
    sort: 1,
    current: { text: ["All"], value: ["$__all"] },
  });
  return {
    uid: "golm-fleet",
    title: dashboard.title,
    tags: ["go", "golm"],
    schemaVersion: 39,
    version: 1,
    editable: true,
    timezone: "browser",
    time: { from: "now-24h", to: "now" },
    refresh: "1m",
    annotations: { list: [] },
    links: [],
    templating: {
      list: [
        { name: "datasource", label: dashboard.source, type: "datasource", query: "prometheus", refresh: 1 },
        variable("job", "job", "label_values(go_goroutines, job)"),
        variable("instance", "instance", 'label_values(go_goroutines{job=~"$job"}, instance)'),
      ],
    },
  };
}

function crashPanels({ dashboard: d }: FleetWords): Panel[] {
  const increase = (by: string, range: string) => `sum by (${by}) (increase(${FAULTS}${range}))`;
  return [
    {
      title: d.total,
      type: "stat",
      width: 8,
      targets: [{ expr: `sum(increase(${FAULTS}[$__range])) or vector(0)`, legend: "" }],
    },
    {
      title: d.faults,
      type: "stat",
      width: 8,
      targets: [{ expr: `count(sum by (fingerprint) (${FAULTS} > 0)) or vector(0)`, legend: "" }],
    },
    {
      title: d.last,
      type: "stat",
      width: 8,
      unit: "dateTimeFromNow",
      targets: [{ expr: `max(golm_fault_last_seen_timestamp_seconds${OF}) * 1000`, legend: "" }],
    },
    {
      title: d.byEvent,
      type: "timeseries",
      width: 12,
      targets: [{ expr: `${increase("event", RANGE)} > 0`, legend: "{{event}}" }],
    },
    {
      title: d.byCause,
      type: "timeseries",
      width: 12,
      targets: [{ expr: `${increase("cause", RANGE)} > 0`, legend: "{{cause}}" }],
    },
    {
      title: d.fingerprints,
      type: "table",
      width: 24,
      targets: [
        {
          expr: `topk(20, ${increase("event, cause, fingerprint", "[$__range]")} > 0)`,
          legend: "",
          table: true,
        },
      ],
    },
  ];
}

function runtimePanels({ dashboard: d }: FleetWords): Panel[] {
  const line = (title: string, unit: string, ...targets: [string, string][]): Panel => ({
    title,
    type: "timeseries",
    width: 8,
    unit,
    targets: targets.map(([expr, legend]) => ({ expr, legend })),
  });
  return [
    line("Goroutines", "short", [`go_goroutines${OF}`, "{{instance}}"]),
    line(d.threads, "short", [`go_threads${OF}`, "{{instance}}"]),
    line(d.restarts, "short", [`changes(process_start_time_seconds${OF}${RANGE})`, "{{instance}}"]),
    line(
      d.memory,
      "bytes",
      [`process_resident_memory_bytes${OF}`, `{{instance}} ${d.resident}`],
      [`go_memstats_sys_bytes${OF}`, "{{instance}} Go"],
      [`go_memstats_heap_inuse_bytes${OF}`, `{{instance}} ${d.heap}`],
    ),
    line(d.native, "bytes", [
      `process_resident_memory_bytes${OF} - (go_memstats_sys_bytes${OF} - go_memstats_heap_released_bytes${OF})`,
      "{{instance}}",
    ]),
    line(d.limit, "percentunit", [
      `go_memstats_heap_inuse_bytes${OF} / (go_gc_gomemlimit_bytes${OF} < 1e18)`,
      "{{instance}}",
    ]),
    line(d.pause, "s", [
      'go_gc_duration_seconds{quantile="1",job=~"$job",instance=~"$instance"}',
      "{{instance}}",
    ]),
    line(d.collections, "ops", [`rate(go_gc_duration_seconds_count${OF}${RANGE})`, "{{instance}}"]),
    line(d.descriptors, "percentunit", [`process_open_fds${OF} / process_max_fds${OF}`, "{{instance}}"]),
  ];
}

/** Places panels from left to right; returns the first free line below. */
function laidOut(list: readonly Panel[], top: number, panels: object[]): number {
  let [x, y, height] = [0, top, 0];
  for (const panel of list) {
    if (x + panel.width > 24) [x, y, height] = [0, y + height, 0];
    const h = panel.type === "stat" ? 4 : 8;
    panels.push(written(panel, panels.length + 1, { h, w: panel.width, x, y }));
    x += panel.width;
    height = Math.max(height, h);
  }
  return y + height;
}

function written({ title, type, unit, targets }: Panel, id: number, gridPos: object): object {
  return {
    id,
    type,
    title,
    datasource: SOURCE,
    gridPos,
    fieldConfig: {
      defaults: { unit: unit ?? "short", min: type === "timeseries" ? 0 : undefined },
      overrides: [],
    },
    options:
      type === "stat"
        ? { reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false }, colorMode: "value" }
        : type === "timeseries"
          ? {
              legend: { displayMode: "list", placement: "bottom", showLegend: true },
              tooltip: { mode: "multi", sort: "desc" },
            }
          : { showHeader: true, sortBy: [{ displayName: "Value", desc: true }] },
    targets: targets.map(({ expr, legend, table }, i) => ({
      refId: String.fromCharCode(65 + i),
      datasource: SOURCE,
      expr,
      legendFormat: legend,
      ...(table ? { format: "table", instant: true } : { range: true }),
    })),
  };
}
