// An error of Node, alone and with a cause.
function decode(ids) {
  return ids.map((id) => id.missing.text);
}
if (process.argv[2] === "rejection") {
  await Promise.reject(new Error("signal: model panic", { cause: new TypeError("no weights") }));
} else {
  decode([1]);
}
