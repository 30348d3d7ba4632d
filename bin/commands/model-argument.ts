/** A model as it is written on the command line: `name`, or `name@version`. */
export interface ModelArgument {
  readonly name: string;
  readonly version?: string;
}

/** @throws if the text is neither */
export function modelArgument(text: string): ModelArgument {
  const [name, version, ...rest] = text.split('@');
  if (name === '' || version === '' || rest.length > 0) {
    throw new Error(`'${text}' names no model; write name or name@version, for instance gpt-5.1@2025-11-13`);
  }
  return { name: name!, version };
}
