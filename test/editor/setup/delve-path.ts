/** Prints the path of `dlv`, built where it is not there yet; for scripts. */
import { installDelve } from "./delve.ts";

console.log(await installDelve());
