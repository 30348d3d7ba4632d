import { readableText } from '../../lib/rules/readable-text';
import { userSeconds } from '../support/user-seconds';

test.each([
  ['plain', 'plain'],
  ['&quot;a&#34; &#x22;b&apos; &#39;&lt;&gt;', '"a" "b\' \'<>'],
  ['&amp;quot;', '&quot;'],
  ['a<!-- b -->c', 'a c'],
  ['a<!-- b\n -->c<!-- open', 'a c<!-- open'],
  ['&lt;!-- b --&gt;', '<!-- b -->'],
  ['# a\nb', '\nb'],
  ['  // a\nb', '\nb'],
  ['//host/a', '//host/a'],
  ['a /* b\n */c', 'a  c'],
  ['a/*b*/c', 'a/*b*/c'],
  ['https://host/#a', 'https://host/#a'],
  ['b # a', 'b'],
  ['"b # a"', '"b # a"'],
  ['"b" # a', '"b"'],
  ['<!-- # -->a', ' a'],
])('%j reads %j', (text, readable) => {
  expect(readableText(text)).toBe(readable);
});

test.each(['<!-- ', '&quot;', ' # "', '# ', '-->', '/* '])('a million characters of %j are read in time', (piece) => {
  expect(userSeconds(() => readableText(piece.repeat(1_000_000 / piece.length)))).toBeLessThan(2);
});
