import { expect, test } from "vitest";
import { argumentsOf, goTestsIn } from "../../../src/editor/go-tests.ts";

const FILE = `package x

import "testing"

func TestMain(m *testing.M) {}
func TestSum(t *testing.T) {
}
func Testify(t *testing.T) {}
func Test_lower(tt *testing.T) {}
func BenchmarkSum(b *testing.B) {}
func FuzzSum(f *testing.F) {}
func TestWrong(b *testing.B) {}
func helper(t *testing.T) {}
// func TestOff(t *testing.T) {}
func Test(t *testing.T) {}
func TestÄ(t *testing.T) {}
`;

test("tests are those that go test runs", () => {
  expect(goTestsIn(FILE).map(({ kind, name, line }) => `${line} ${kind} ${name}`)).toEqual([
    "5 test TestSum",
    "8 test Test_lower",
    "9 benchmark BenchmarkSum",
    "10 fuzz FuzzSum",
    "14 test Test",
    "15 test TestÄ",
  ]);
});

test("one test is run alone", () => {
  expect(argumentsOf({ kind: "test", name: "TestSum" })).toEqual(["test", "-run", "^TestSum$", "-v", "."]);
  expect(argumentsOf({ kind: "benchmark", name: "BenchmarkSum" })).toEqual([
    "test",
    "-run",
    "^$",
    "-bench",
    "^BenchmarkSum$",
    ".",
  ]);
});
