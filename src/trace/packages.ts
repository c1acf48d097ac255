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
  if (!STANDARD.has(firstElement(frame.package))) return isStandardClosure(frame);
  const { file } = frame;
  if (file === undefined || file.startsWith("<") || file.startsWith("??")) return true;
  if (file.endsWith("_testmain.go")) return true;
  return inStandardTree(file);
}

/** Closures of the standard library that the compiler inlined into a caller and named after it: `main.init.OnceValue.func1`. */
const CLOSURES = /(?:^|\/)(?:sync\/oncefunc|(?:bytes|iter|maps|slices|strings)\/iter)\.go$/;

function isStandardClosure({ function: name, file }: Frame): boolean {
  return file !== undefined && name.includes(".func") && CLOSURES.test(file) && inStandardTree(file);
}

/** True for files of a GOROOT; with -trimpath their path is IMPORTPATH/FILE. */
function inStandardTree(file: string): boolean {
  // A user's module may be called `log` or `internal`, and the runtime implements functions of other packages
  // (sync.runtime_Semacquire in runtime/sema.go): the file decides.
  const path = file.replaceAll("\\", "/");
  if (path.includes("libgo/")) return true;
  const src = path.lastIndexOf("/src/");
  if (src >= 0) return STANDARD.has(firstElement(path.slice(src + 5))) || path.startsWith("pkg/", src + 5);
  return STANDARD.has(firstElement(path));
}

function firstElement(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? path : path.slice(0, slash);
}

/** True for the user's code and its modules: neither runtime, nor standard library, nor generated glue, nor C. */
export function isUserFrame(frame: Frame): boolean {
  if (frame.native || GENERATED.test(frame.function)) return false;
  // gin prints functions without their package: only the file tells whose they are.
  if (frame.package === "") return frame.file?.endsWith(".go") === true && !inStandardTree(frame.file);
  if (frame.function.includes("._Cfunc_") || frame.function.includes("._cgoexp_")) return false;
  if (frame.function.includes("._cgoCheck") || frame.function.includes("._cgo_")) return false;
  if (frame.file?.endsWith("_cgo_gotypes.go")) {
    // Closures cgo writes around a call: `main.f.func1` in _cgo_gotypes.go is the user's call, one frame up.
    return false;
  }
  if (frame.file?.endsWith("_testmain.go")) return false;
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
