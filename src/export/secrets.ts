/**
 * Masks what must not leave a machine in a report: passwords, tokens and keys in arguments, variables and URLs. What is
 * shown on one's own terminal, and JSON for programs, stays as it is.
 */

export const MASK = "***";

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential|auth(?!or)|bearer|cookie|session[-_]?key|signature|dsn|connection[-_]?string|conn[-_]?str)/i;
/** Tokens whose form gives them away, wherever they stand. */
const SECRET_FORMS: readonly RegExp[] = [
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|hf_|xox[abprs]-|AKIA|ASIA|AIza|npm_)[A-Za-z0-9_-]{12,}/g,
  /(?<=\bAuthorization:\s?)(?:Bearer|Basic|Token)\s[A-Za-z0-9+/=._~-]{4,}/gi,
  // With a digit: "basic understanding" is no credential.
  /\b(?:Bearer|Basic)\s+(?=[A-Za-z+/=._~-]*\d)[A-Za-z0-9+/=._~-]{8,}/gi,
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
];
/** `scheme://user:password@host`. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@"'<>\\]{1,200}@/gi;
const QUERY = /([?&;]([A-Za-z0-9_.-]{1,100})=)([^&\s;#"'<>\\]+)/g;
/** `NAME=value` as an environment prints it. */
const VARIABLE = /(?<![\w$])([A-Z][A-Z0-9_]{1,100})=([^\s"'<>\\,;&]{4,})/g;
/** `"api_key": "value"`, quotes escaped or not: the value holds letters and digits, as no word of a sentence does. */
const MEMBER =
  /((?<![\w$])([A-Za-z][A-Za-z0-9_-]{1,60})(?:\\?["']|&quot;|&#39;)?\s?[:=]\s?(?:\\?["']|&quot;|&#39;))(?=[^"'\\\s&]*\d)(?=[^"'\\\s&]*[A-Za-z])([^"'\\\s&]{8,})/g;
const ASSIGNMENT = /^(-{0,2}[A-Za-z0-9_.-]+)=([\s\S]*)$/;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Text with its tokens, passwords in URLs and secret parameters masked. */
export function maskText(text: string): string {
  let masked = text.replace(USER_INFO, `$1${MASK}@`);
  const named = (whole: string, head: string, name: string, value: string) =>
    isSecretName(name) && !countsTokens(name, value) ? head + MASK : whole;
  masked = masked.replace(QUERY, named);
  masked = masked.replace(MEMBER, named);
  masked = masked.replace(VARIABLE, (whole, name: string, value: string) =>
    isSecretName(name) && !countsTokens(name, value) ? `${name}=${MASK}` : whole,
  );
  for (const form of SECRET_FORMS) masked = masked.replace(form, MASK);
  return masked;
}

/** The value of a variable, masked whole where its name says that it is secret. */
export function maskValue(name: string, value: string): string {
  return isSecretName(name) && value !== "" && !countsTokens(name, value) ? MASK : maskText(value);
}

/** Language models count tokens: `--max-tokens=4096` and `tokenizer.json` are what one wants to see. */
function countsTokens(name: string, value: string): boolean {
  return (/tokens$/i.test(name) && /^\d{1,7}$/.test(value)) || /tokeni[sz]er/i.test(name);
}

/** Arguments as they may be shown: `--api-key X`, `--token=X`, `PASSWORD=X`, and all that `maskText` knows. */
export function maskArguments(args: readonly string[]): string[] {
  let before: string | undefined;
  return args.map((argument, index) => {
    const name = before;
    before = undefined;
    if (name !== undefined && !argument.startsWith("-")) return maskValue(name, argument);
    const assigned = ASSIGNMENT.exec(argument);
    if (index > 0 && assigned) return `${assigned[1]}=${maskValue(assigned[1]!, assigned[2]!)}`;
    if (index > 0 && /^-{1,2}[A-Za-z]/.test(argument) && isSecretName(argument)) before = argument;
    return maskText(argument);
  });
}
