/** Asks until the answer is yes; throws with what was waited for when it never is. */
export async function poll(
  ask: () => boolean | Promise<boolean>,
  what: string,
  patience = 60_000,
): Promise<void> {
  const end = Date.now() + patience;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s for ${what}.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
