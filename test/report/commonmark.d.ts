/** What is used here of the reference implementation of CommonMark, which brings no types of its own. */
declare module 'commonmark' {
  interface Node {
    readonly type: string;
    readonly literal: string | null;
    readonly destination: string | null;
    readonly info: string | null;
    walker(): { next(): { readonly entering: boolean; readonly node: Node } | null };
  }

  class Parser {
    parse(text: string): Node;
  }
}
