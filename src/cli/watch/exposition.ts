/**
 * Counts as Prometheus reads them: its text format 0.0.4, or OpenMetrics 1.0 where the scraper asks for it.
 * Sources: prometheus.io/docs/instrumenting/exposition_formats, the OpenMetrics specification.
 */
import { visibleLine } from "../../export/visible.ts";
import type { Fault, Faults } from "./faults.ts";

export interface Counts {
  readonly faults: Faults;
  /** Bytes read, by input. */
  readonly bytes: ReadonlyMap<string, number>;
  /** Goroutines of dumps that were larger than what is kept of one. */
  readonly goroutinesDropped: number;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly started: number;
}

export type Dialect = "text" | "openmetrics";

export const CONTENT_TYPES: Readonly<Record<Dialect, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

/** The whole page that a scrape is answered with. */
export function exposition(counts: Counts, dialect: Dialect): string {
  const lines = families(counts).flatMap((family) => familyLines(family, dialect));
  if (dialect === "openmetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

function families({ faults, bytes, goroutinesDropped, version, started }: Counts): Family[] {
  const series = [...faults.series()].map(({ fault, value }) => ({
    labels: labelsOf(fault),
    count: value,
    last: fault.last,
  }));
  const { folded } = faults;
  if (folded.faults > 0) series.push({ labels: OTHER, count: folded.count, last: folded.last });
  return [
    {
      name: "golm_faults",
      type: "counter",
      help: "Go crashes seen, by event, most likely cause and fingerprint.",
      samples: series.map(({ labels, count }) => ({ labels, value: count })),
    },
    {
      name: "golm_fault_last_seen_timestamp_seconds",
      type: "gauge",
      help: "When a crash of this fault was last read.",
      samples: series.map(({ labels, last }) => ({ labels, value: last / 1000 })),
    },
    {
      name: "golm_watch_read_bytes",
      type: "counter",
      help: "Bytes read from each input.",
      samples: [...bytes].map(([input, value]) => ({ labels: { input: visibleLine(input) }, value })),
    },
    {
      name: "golm_watch_dropped",
      type: "counter",
      help: "What was left out to keep memory bounded: series folded into other, goroutines of large dumps.",
      samples: [
        { labels: { what: "series" }, value: folded.faults },
        { labels: { what: "goroutine" }, value: goroutinesDropped },
      ],
    },
    {
      name: "golm_watch_start_time_seconds",
      type: "gauge",
      help: "When this watch was started.",
      samples: [{ labels: {}, value: started / 1000 }],
    },
    {
      name: "golm_build_info",
      type: "gauge",
      help: "Version of golm-faultcheck.",
      samples: [{ labels: { version }, value: 1 }],
    },
  ];
}

const OTHER: Labels = { event: "other", cause: "other", fingerprint: "other" };

function labelsOf(fault: Fault): Labels {
  return { event: fault.event.id, cause: fault.cause?.id ?? "unknown", fingerprint: fault.fingerprint };
}

function familyLines({ name, type, help, samples }: Family, dialect: Dialect): string[] {
  const sample = type === "counter" ? `${name}_total` : name;
  // OpenMetrics names the family without the suffix that the text format counts as part of the name.
  const family = dialect === "openmetrics" ? name : sample;
  return [
    `# HELP ${family} ${escapeHelp(help)}`,
    `# TYPE ${family} ${type}`,
    ...samples.map(({ labels, value }) => `${sample}${labelText(labels)} ${value}`),
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** What ends a value or a line is escaped; half a surrogate pair would be no UTF-8. */
export function escapeLabel(value: string): string {
  return value
    .replace(/\p{Cs}/gu, "\ufffd")
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
