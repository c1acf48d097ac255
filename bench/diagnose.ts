// Our fault tree, in this process: diagnoses the crashes of a file again and again and prints the times as JSON.
//   node diagnose.js DIST FILE ROUNDS
// DIST holds catalog.json. `first` is a cold diagnosis, expressions not yet compiled; `seconds` are those after it.
// `wide` has the catalogue repeated to at least 250 causes, `deep` has 250 causes below the crash's own event.
import { readFileSync } from "node:fs";
import { Catalog, type CatalogIndex, diagnose, type IndexedCause } from "../src/faulttree/index.ts";
import { readTrace } from "../src/trace/index.ts";

const [dist = "dist", file = "", rounds = "200"] = process.argv.slice(2);
const wanted = 250;

function load(): CatalogIndex {
  return JSON.parse(readFileSync(`${dist}/catalog.json`, "utf8"));
}

/** Copies under other ids, as if so many scenarios had been written. */
function wide(index: CatalogIndex): CatalogIndex {
  const copies = Math.ceil(wanted / index.causes.length);
  const events = [...index.events];
  const causes = [...index.causes];
  for (let copy = 1; copy < copies; copy++) {
    for (const event of index.events) events.push({ ...event, id: `${event.id}-${copy}`, priority: -copy });
    for (const cause of index.causes)
      causes.push({ ...cause, id: `${cause.event}-${copy}/x-${cause.id}`, event: `${cause.event}-${copy}` });
  }
  return { ...index, events, causes };
}

function deep(index: CatalogIndex, event: string): CatalogIndex {
  const own = index.causes.filter((cause) => cause.event === event);
  const others = index.causes.filter((cause) => cause.event !== event);
  const causes: IndexedCause[] = [];
  for (let i = 0; own.length > 0 && i < wanted; i++) {
    const cause = own[i % own.length]!;
    causes.push({ ...cause, id: `${cause.id}-${i}` });
  }
  return { ...index, causes: [...others, ...causes] };
}

const begun = performance.now();
const index = load();
const loaded = performance.now() - begun;
const crashes = readTrace(readFileSync(file));

function measure(catalogue: CatalogIndex): { first: number; seconds: number[]; causes: number } {
  const catalog = new Catalog(catalogue);
  const times: number[] = [];
  for (let i = 0; i <= Number(rounds); i++) {
    const start = performance.now();
    for (const crash of crashes) diagnose(crash, catalog);
    times.push((performance.now() - start) / 1000);
  }
  const [first, ...seconds] = times;
  return { first: first!, seconds, causes: catalog.causes.length };
}

const wideTimes = measure(wide(index));
const event = diagnose(crashes[0]!, new Catalog(index)).event.id;
const deepTimes = measure(deep(index, event));
console.log(JSON.stringify({ event, load: loaded / 1000, wide: wideTimes, deep: deepTimes }));
