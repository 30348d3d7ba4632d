/** A tree that cannot be written as it is. */
export function unwritableValue(place: string, problem: string): Error {
  return new Error(`the policy cannot be written: ${place} ${problem}`);
}

/** An element or attribute of `other` nodes that has no XML name. */
export function unwritableName(place: string, name: string): Error {
  return new Error(
    `the policy cannot be written: ${place} is named ${JSON.stringify(name)}; ` +
      'write a letter or _, then letters, digits, _, -, : or .',
  );
}

/** The same attribute twice on one element. */
export function repeatedAttribute(place: string, name: string): Error {
  return new Error(`the policy cannot be written: ${place} has two attributes ${name}; keep one`);
}
