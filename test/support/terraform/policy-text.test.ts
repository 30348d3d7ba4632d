import {
  isSamePolicy,
  mentionedBackends,
  mentionedFragments,
  mentionedNamedValues,
  readBackUnescaped,
} from './policy-text';
import { unescaped, xmlTokens } from './xml-tokens';

test.each([
  ['double quotes', '<a b="x" />', '<a b="x" />'],
  ['single quotes', "<a b='x' c='y' />", '<a b="x" c="y" />'],
  ['single quotes around double ones', `<a b='@(x["y"])' />`, '<a b="@(x["y"])" />'],
  ['an expression in its own quotes', `<a b="@(x["y"] == "z")" c='d' />`, '<a b="@(x["y"] == "z")" c="d" />'],
  ['a statement expression', `<a b='@{ return x["y"]; }'>z</a>`, '<a b="@{ return x["y"]; }">z</a>'],
  ['apostrophes outside of tags', "<a>it's 'quoted' b='c'</a>", "<a>it's 'quoted' b='c'</a>"],
  ['apostrophes in a comment', "<!-- <a b='c' /> --><d />", "<!-- <a b='c' /> --><d />"],
  ['entities', '<a b="&quot;&amp;&lt;&gt;&apos;&#65;&#x42;" />', `<a b=""&<>'AB" />`],
  ['an entity in an entity', '<a b="&amp;lt;" />', '<a b="&lt;" />'],
  ['an ampersand that begins nothing', '<a b="x && y &nbsp" />', '<a b="x && y &nbsp" />'],
  ['a code point that does not exist', '<a b="&#x110000;" />', '<a b="&#x110000;" />'],
  ['CDATA', "<a><![CDATA[<b c='d'/>]]></a>", "<a><b c='d'/></a>"],
  ['white space between elements', '<a>\n  <b />\n</a>', '<a>\r\n\t<b />\r\n\t</a>'],
  ['a tag that never ends', "<a b='c", "<a b='c"],
  ['nothing', '', ''],
])('API Management and the provider make of %s', (_, sent, state) => {
  expect(readBackUnescaped(sent)).toBe(state);
});

test.each([
  ['other quotes where all is XML', '<a b="c" />', "<a b='c' />", true],
  ['other quotes where one is not XML', '<a b="@(x["y"])" />', `<a b='@(x["y"])' />`, false],
  ['entities where one is not XML', '<a b="@(x["y"])" />', '<a b="@(x[&quot;y&quot;])" />', true],
  ['white space between elements', '<a><b/></a>', '<a>\n <b/>\n</a>', true],
  ['white space in a value', '<a b="c d" />', '<a b="cd" />', true],
  ['an end tag of its own', '<a></a>', '<a/>', true],
  ['another value', '<a b="c" />', '<a b="d" />', false],
  ['another order of attributes', '<a b="c" d="e" />', '<a d="e" b="c" />', false],
  ['another case', '<a b="c" />', '<a b="C" />', false],
])('the provider compares %s', (_, before, after, same) => {
  expect(isSamePolicy(before, after)).toBe(same);
  expect(isSamePolicy(after, before)).toBe(same);
});

test.each([
  ['an element', '<a b="c">d</a>', ['start ["a",["b","c"]]', 'text d', 'end a']],
  ['an empty element', "<a b = 'c'/>", ['start ["a",["b","c"]]', 'end a']],
  ['entities', '<a>&lt;&#65;&#x42;</a>', ['start ["a"]', 'text <AB', 'end a']],
  ['CDATA', '<a><![CDATA[<&]]></a>', ['start ["a"]', 'text <&', 'end a']],
  ['a comment and an instruction', '<?x y?><!--z--><a/>', ['instruction x y', 'comment z', 'start ["a"]', 'end a']],
  ['nothing', ' \n', []],
])('the tokens of %s', (_, text, tokens) => {
  expect(xmlTokens(text)).toEqual(tokens);
});

test.each([
  ['<a>'],
  ['</a>'],
  ['<a></b>'],
  ['<a b></a>'],
  ['<a b=c></a>'],
  ['<a b="c></a>'],
  ['<a b="<"/>'],
  ['<a>x & y</a>'],
  ['<a>&nbsp;</a>'],
  ['<a>]]></a>'],
  ['<a><!-- </a>'],
  ['<a><![CDATA[ </a>'],
  ['<a b="@(x["y"])" />'],
  ['<1/>'],
  ['<'],
])('%s is no XML', (text) => {
  expect(xmlTokens(text)).toBeUndefined();
});

test.each([
  ['an entity of no name that Azure writes', '&constructor;', '&constructor;'],
  ['a character beyond the basic plane', '&#x1F642;', '🙂'],
])('un-escaping %s', (_, text, result) => {
  expect(unescaped(text)).toBe(result);
});

test('literal names are found with their place, computed ones are not', () => {
  const policy =
    '<policies>\n  <set-backend-service backend-id="one" />\n' +
    `<llm-semantic-cache-lookup embeddings-backend-id='two'>{{limit}} {{ not }}</llm-semantic-cache-lookup>` +
    '<set-backend-service backend-id="@("three")" /><set-backend-service backend-id="{{four}}" />' +
    '<set-backend-service id="x"\n backend-id="fi&amp;ve" /><include-fragment fragment-id="log" /></policies>';
  const place = { element: 'set-backend-service', line: 2, column: 3 };
  expect(mentionedBackends(policy)[0]).toEqual({ name: 'one', ...place });
  expect(mentionedBackends(policy).map(({ name }) => name)).toEqual(['one', 'two', 'fi&ve']);
  expect(mentionedFragments(policy).map(({ name }) => name)).toEqual(['log']);
  expect(mentionedNamedValues(policy).map(({ name }) => name)).toEqual(['limit', 'four']);
});
