import { expect, test } from "vitest";
import { writeOutLoops } from "../../golden/releases/loops.ts";

const program =
  "func main() {\n\tfor range 3 {\n\t\tf()\n\t}\n\tfor i := range n {\n\t\tgo g(i)\n\t}\n\tfor i := range all {\n\t\tg(i)\n\t}\n}\n";

test("loops over an integer are written out where the compiler complains, on their own line", () => {
  const complaints =
    "# golm.example/catalog/a/repro\n./a/repro/main.go:2:12: cannot range over 3 (untyped int constant)\na/repro/main.go:5:17: cannot range over n (variable of type int)\n";
  const files = writeOutLoops(complaints, () => program);
  expect([...files!.keys()]).toEqual(["a/repro/main.go"]);
  expect(files!.get("a/repro/main.go")).toBe(
    program
      .replace("for range 3 {", "for rounds_ := (3); rounds_ > 0; rounds_-- {")
      .replace("for i := range n {", "for round_ := 0 * (n); round_ < n; round_++ { i := round_;"),
  );
});

test("other complaints are none of theirs", () => {
  expect(writeOutLoops("a/repro/main.go:2:12: undefined: min\n", () => program)).toBeUndefined();
  expect(
    writeOutLoops("a/main.go:2:12: cannot range over f (variable of type func())\n", () => program),
  ).toBeUndefined();
});
