/** A picture cannot be made as it was asked for; the message says why, and what can. */
export class ExportProblem extends Error {}
