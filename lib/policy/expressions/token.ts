import { LiteralValue } from './syntax';

/** A word, literal or operator of an expression. */
export interface Token {
  readonly kind: 'identifier' | 'keyword' | 'literal' | 'operator' | 'end';
  /** As written; empty at the end. */
  readonly text: string;
  /** Offset of its first character. */
  readonly at: number;
  readonly literal?: LiteralValue;
}

/** Reserved words of C# (ECMA-334, §6.4.4): none of them can name a variable. */
export const keywords: ReadonlySet<string> = new Set(
  (
    'abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event ' +
    'explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null ' +
    'object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string ' +
    'struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while'
  ).split(' '),
);

/** Keywords that are types, with their .NET names. */
export const typeKeywords: ReadonlyMap<string, string> = new Map([
  ['bool', 'Boolean'],
  ['byte', 'Byte'],
  ['char', 'Char'],
  ['decimal', 'Decimal'],
  ['double', 'Double'],
  ['float', 'Single'],
  ['int', 'Int32'],
  ['long', 'Int64'],
  ['object', 'Object'],
  ['sbyte', 'SByte'],
  ['short', 'Int16'],
  ['string', 'String'],
  ['uint', 'UInt32'],
  ['ulong', 'UInt64'],
  ['ushort', 'UInt16'],
]);
