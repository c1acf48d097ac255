/** Results of functions of the standard library that rules ask about. */
import { basic, type GoType, pointerTo } from "./types.ts";

const BYTES: GoType = { kind: "slice", element: basic("byte") };
const ERROR: GoType = { kind: "named", package: "", name: "error" };
const STRING = basic("string");
const INT = basic("int");
const named = (path: string, name: string): GoType => ({ kind: "named", package: path, name });

const RESULTS: Readonly<Record<string, readonly GoType[]>> = {
  "bufio.NewReader": [pointerTo(named("bufio", "Reader"))],
  "bytes.Clone": [BYTES],
  "bytes.Join": [BYTES],
  "bytes.TrimSpace": [BYTES],
  "errors.New": [ERROR],
  "fmt.Errorf": [ERROR],
  "fmt.Sprint": [STRING],
  "fmt.Sprintf": [STRING],
  "fmt.Sprintln": [STRING],
  "encoding/json.Marshal": [BYTES, ERROR],
  "encoding/hex.DecodeString": [BYTES, ERROR],
  "io.ReadAll": [BYTES, ERROR],
  "net/http.Get": [pointerTo(named("net/http", "Response")), ERROR],
  "net/http.Post": [pointerTo(named("net/http", "Response")), ERROR],
  "net/http.Head": [pointerTo(named("net/http", "Response")), ERROR],
  "net/http.PostForm": [pointerTo(named("net/http", "Response")), ERROR],
  "context.Background": [named("context", "Context")],
  "context.TODO": [named("context", "Context")],
  "os.Getenv": [STRING],
  "os.Open": [pointerTo(named("os", "File")), ERROR],
  "os.Create": [pointerTo(named("os", "File")), ERROR],
  "os.ReadFile": [BYTES, ERROR],
  "path/filepath.Join": [STRING],
  "path.Join": [STRING],
  "reflect.ValueOf": [named("reflect", "Value")],
  "reflect.TypeOf": [named("reflect", "Type")],
  "reflect.Indirect": [named("reflect", "Value")],
  "strconv.Atoi": [INT, ERROR],
  "strconv.Itoa": [STRING],
  "strconv.ParseInt": [basic("int64"), ERROR],
  "strconv.ParseUint": [basic("uint64"), ERROR],
  "strconv.Quote": [STRING],
  "strings.Clone": [STRING],
  "strings.Join": [STRING],
  "strings.Repeat": [STRING],
  "strings.Replace": [STRING],
  "strings.ReplaceAll": [STRING],
  "strings.Split": [{ kind: "slice", element: STRING }],
  "strings.Fields": [{ kind: "slice", element: STRING }],
  "strings.ToLower": [STRING],
  "strings.ToUpper": [STRING],
  "strings.TrimSpace": [STRING],
  "time.Now": [named("time", "Time")],
  "time.Since": [named("time", "Duration")],
};

/** Result types of a function by import path and name; undefined for those not listed. */
export function knownResult(path: string, name: string): readonly GoType[] | undefined {
  const key = `${path}.${name}`;
  return Object.hasOwn(RESULTS, key) ? RESULTS[key] : undefined;
}
