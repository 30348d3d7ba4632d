/** Stands in a resolved value where Terraform alone knows what will be there. */
export class Unresolved {
  /**
   * @param expression what stands in the configuration, for instance `${var.version}` or `gpt-${var.size}`
   * @param encoded the value whose JSON text it is, where only parts of that text are unresolved
   */
  constructor(
    public readonly expression: string,
    public readonly encoded?: unknown,
  ) {}
}
