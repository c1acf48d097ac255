/** Paths of a crash text as others expect them. */

/** The path below `root` where it lies there, with forward slashes; otherwise as printed. */
export function repositoryPath(file: string, root: string): string {
  const path = file.replaceAll("\\", "/");
  const base = root.replaceAll("\\", "/").replace(/\/+$/, "");
  return base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
}

/**
 * A file as it lies in the repository. One that was found on this machine is named from the working directory, which
 * may be a folder of the repository; one of the crash text is left as printed.
 */
export function inRepository(
  file: string,
  found: boolean,
  { root, folder }: { readonly root: string; readonly folder?: string },
): string {
  if (!found || folder === undefined || folder === "" || isAbsolutePath(file))
    return repositoryPath(file, root);
  return repositoryPath(`${folder.replace(/[\\/]+$/, "")}/${file}`, root);
}

export function isAbsolutePath(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
}

/** A URI reference for a path: `file:` for absolute ones, each segment escaped, and nothing read as a scheme. */
export function pathUri(path: string): string {
  const segments = path.replaceAll("\\", "/").split("/").map(encodeSegment);
  const joined = segments.join("/");
  if (/^[A-Za-z]:\//.test(path.replaceAll("\\", "/"))) {
    return `file:///${path[0]}:/${segments.slice(1).join("/")}`;
  }
  if (joined.startsWith("/")) return `file://${joined.replace(/^\/+/, "/")}`;
  return joined;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\ufffd"));
}
