/** Tells user code from the runtime, the standard library and what the toolchain generates. */
import type { CrashReport, Frame, Goroutine } from "./report.ts";

/** First elements of the standard library's import paths, Go 1.0 to 1.27. */
const STANDARD = new Set(
  (
    "archive arena bufio builtin bytes cmp compress container context crypto database debug embed encoding errors " +
    "expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp " +
    "runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak cmd"
  ).split(" "),
);

const GENERATED = /^(?:_cgoexp_|_cgo_|crosscall|x_cgo_|goexit$|gosave|callbackasm|runtime\.|rt0_go$)/;

/** True for frames of the standard library, the runtime among them. */
export function isStandardLibrary(frame: Frame): boolean {
  if (frame.native) return false;
  const slash = frame.package.indexOf("/");
  const first = slash < 0 ? frame.package : frame.package.slice(0, slash);
  if (!STANDARD.has(first)) return false;
  const file = frame.file;
  if (file === undefined || file.startsWith("<") || file === "??") return true;
  // A user's module may be called `log` or `internal`: its files then do not end in SRC/IMPORTPATH/FILE of a GOROOT.
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const path = file.replaceAll("\\", "/");
  return (
    path === `${frame.package}/${name}` ||
    path.includes(`/src/${frame.package}/`) ||
    path.includes("/src/pkg/") ||
    path.includes("/libgo/") ||
    name === "_testmain.go"
  );
}

/** True for the user's code and its modules: neither runtime, nor standard library, nor generated glue, nor C. */
export function isUserFrame(frame: Frame): boolean {
  if (frame.native || frame.package === "" || GENERATED.test(frame.function)) return false;
  if (frame.function.includes("._Cfunc_") || frame.function.includes("._cgoexp_")) return false;
  if (frame.file !== undefined && frame.file.endsWith("_cgo_gotypes.go")) {
    // Closures cgo writes around a call: `main.f.func1` in _cgo_gotypes.go is the user's call, one frame up.
    return false;
  }
  if (frame.file !== undefined && frame.file.endsWith("_testmain.go")) return false;
  return !isStandardLibrary(frame);
}

/** The innermost user frame, or undefined. */
export function topUserFrame(goroutine: Goroutine): Frame | undefined {
  return goroutine.frames.find(isUserFrame);
}

/** The goroutine that failed, or undefined for dumps and cut texts. */
export function faultingGoroutine(report: CrashReport): Goroutine | undefined {
  const first = report.goroutines[0];
  return first?.faulting ? first : report.goroutines.find((goroutine) => goroutine.faulting);
}
