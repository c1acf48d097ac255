/** Rules, configurations and dashboards for the systems a fleet already runs. */
export { grafanaDashboard } from "./grafana.ts";
export { lokiRules } from "./loki.ts";
export { otelConfiguration } from "./otel.ts";
export { prometheusRules } from "./prometheus.ts";
export { ruleSet } from "./rules.ts";
export { vectorConfiguration } from "./vector.ts";
