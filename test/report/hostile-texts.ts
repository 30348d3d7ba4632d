/** Texts that take effect somewhere if they are written as they are. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  html: '</td></details><script>alert(1)</script><img src=x onerror=alert(2)><!-- --><style>*{display:none}</style>',
  'html attribute': '" onmouseover="alert(1)" x=\'y\' `z`',
  'closing comment': '--> <!-- model-lifecycle:review -->',
  'closing CDATA': ']]></system-out><![CDATA[',
  'markdown link': '[click](https://example.invalid) ![image](https://example.invalid/x.png) <https://example.invalid>',
  autolinks: 'www.example.invalid https://example.invalid mail@example.invalid',
  references: '@octocat @org/team #123 GH-123 org/repo#1 0123456789abcdef0123456789abcdef01234567',
  emphasis: '**bold** _em_ ~~gone~~ :rocket: $x^2$ [^1] - [x] task',
  'code fence': '``` `` ` ~~~ ```mermaid\ngraph TD\n```',
  'table row': '| a | b |\n|---|---|\n| \\| c \\',
  'block starts': '\n\n# heading\n> quote\n- item\n\n    code\n---\n1. one',
  'mermaid syntax': '"]; end; click A "javascript:alert(1)" %%{init: {"theme":"dark"}}%% --> : ; # &amp; #quot;',
  'terminal escapes':
    '\u001b[31mred\u001b[0m \u001b]8;;https://example.invalid\u0007link\u001b]8;;\u0007 \u009b2J \r\b\0',
  'line breaks': 'one\ntwo\r\nthree\u2028four\u2029five\u0085six\vseven\feight',
  'reordering and hidden': 'safe\u202egnp.exe \u2066x\u2069 \u200bzero\u200d \ufeffmark \ud800lone',
  'workflow commands':
    '::error file=x::injected%0A::set-output name=x::y ##[error]x ##vso[task.setvariable variable=x]y',
  'sarif links': '[text](0) {0} {{0}} [a](https://example.invalid)',
  templates: '${process.env.SECRET} #{x} {{constructor}} %s %d',
  formula: '=HYPERLINK("https://example.invalid") +1 -1 @SUM(1)',
  'object keys': '__proto__ constructor toString',
  'wide letters': '模型部署 👩‍👩‍👧‍👦 é ｗｉｄｅ',
  nothing: '',
  'long word': 'a'.repeat(5000),
  'long backticks': '`'.repeat(300),
};
