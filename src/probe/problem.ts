/** What the user can mend: one sentence in their language. The shells turn it into exit status 2. */
export class ProbeProblem extends Error {}
