/**
 * Writes a log with many crashes to standard output: node crashes.mjs CRASHES [FAULTS] [LINES].
 * FAULTS is how many different ones there are, LINES how many ordinary lines stand before each.
 */
const [crashes = 1000, faults = 50, lines = 10] = process.argv.slice(2).map(Number);

const quiet = Array.from(
  { length: lines },
  (_, i) =>
    `time=2026-11-25T19:00:00Z level=INFO msg="request done" id=${i} path=/v1/completions ms=${i * 7}\n`,
).join("");

/** Go names hold letters: normalised fingerprints leave numbers out. */
function nameOf(number) {
  let name = "";
  for (let rest = number; ; rest = Math.floor(rest / 26) - 1) {
    name = String.fromCharCode(97 + (rest % 26)) + name;
    if (rest < 26) return name;
  }
}

function crash(number) {
  const name = nameOf(number % faults);
  return `${quiet}panic: runtime error: index out of range [${number % 97}] with length 3

goroutine ${1 + (number % 1000)} [running]:
main.score_${name}(0xc${(number % 4096).toString(16).padStart(9, "0")})
\t/srv/app/score.go:${10 + (number % 50)} +0x1d
main.main()
\t/srv/app/main.go:15 +0xc6
exit status 2
`;
}

let batch = "";
let written = 0;
function more() {
  while (written < crashes) {
    batch += crash(written++);
    if (batch.length < 1 << 20 && written < crashes) continue;
    const out = batch;
    batch = "";
    if (!process.stdout.write(out)) {
      process.stdout.once("drain", more);
      return;
    }
  }
}
process.stdout.on("error", () => process.exit(1));
more();
