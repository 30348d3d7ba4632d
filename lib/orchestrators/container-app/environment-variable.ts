/** A variable of a container: a value that stands in the configuration, or a secret of the app by its name. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly secretName?: string;
}
