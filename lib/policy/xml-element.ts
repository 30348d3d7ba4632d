import { PolicyAttribute } from './policy-document';

/** An element as it stands in the text, before it is known which policy it is. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly PolicyAttribute[];
  readonly children: readonly XmlElement[];
  /** All text between the tags, entities resolved, white space kept. */
  readonly text: string;
  /** Where its start tag begins. */
  readonly offset: number;
}
