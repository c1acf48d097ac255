// One row per fixture: which program, which Go, and what a person who knows the program expects to be read.
import { fatals } from "./fatals.mjs";
import { quiet } from "./healthy.mjs";
import { elsewhere } from "./machines.mjs";
import { mangled } from "./mangled.mjs";
import { native } from "./native.mjs";
import { nested } from "./nested.mjs";
import { panics } from "./panics.mjs";
import { others } from "./shapes.mjs";
import { starts } from "./starts.mjs";
import { goTests } from "./tests.mjs";
import { wrapped } from "./wrapped.mjs";

export const tables = [
  ...panics,
  ...fatals,
  ...native,
  ...goTests,
  ...others,
  ...wrapped,
  ...quiet,
  ...mangled,
  ...elsewhere,
  ...nested,
  ...starts,
];
