import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { rewriteClean } from './rewrite-clean.js';
import { parseAndSanitise, sanitiseHtml } from './sanitise-html.js';

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const unescape = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('sanitiseHtml', () => {
  it.each([
    ['a script', 'a<script>alert(1)</script>b', 'ab'],
    ['a style sheet', '<style>p{display:none}</style><p>x</p>', '<p>x</p>'],
    ['an iframe with its fallback', '<iframe src="https://a.example">no frames</iframe>x', 'x'],
    ['an event handler', '<p onclick="steal()">x</p>', '<p>x</p>'],
    [
      'a script address',
      '<a href="javascript:alert(1)">x</a>',
      '<a target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    [
      'a disguised script address',
      '<a href="jav&#x09;ascript:alert(1)">x</a>',
      '<a target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    [
      'a data address',
      '<a href="data:text/html,x">x</a>',
      '<a target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    [
      'an address without a scheme',
      '<a href="//evil.example">x</a>',
      '<a target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    ['an image with a handler', '<img src=x onerror=alert(1)>', ''],
    ['drawing with a script', '<svg onload=alert(1)><circle/></svg>x', 'x'],
    [
      'the markup of an unknown tag, not its text',
      '<marquee>hello <custom-tag>there</custom-tag></marquee>',
      'hello there',
    ],
    ['a comment', 'a<!-- hidden -->b', 'ab'],
    [
      'style that could load or cover',
      '<p style="background:url(https://a.example);position:fixed;color:red">x</p>',
      '<p style="color:red">x</p>',
    ],
    ['class and id', '<p class="a" id="b">x</p>', '<p>x</p>'],
    ['a form', '<form action="https://a.example"><input name="p"><button>Go</button></form>', 'Go'],
  ])('drops %s', (_what, html, kept) => {
    expect(sanitiseHtml(html)).toBe(kept);
  });

  it.each([
    '<p><strong>Agent</strong> <em>10:00</em><br />Hello</p>',
    '<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>',
    '<table><thead><tr><th colspan="2">t</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    '<blockquote><pre><code>x &lt; y</code></pre></blockquote><hr />',
    '<h1>a</h1><h6>b</h6><div dir="rtl">שלום</div>',
    '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">link</a>',
    '<a href="mailto:a@b.example" target="_blank" rel="noopener noreferrer nofollow">mail</a>',
    '👩‍👩‍👧‍👦 مرحبا 𠮷',
  ])('keeps %s', (html) => {
    expect(sanitiseHtml(html)).toBe(html);
  });

  it.each([
    ['&#39;', "'"],
    ['&quot;', '"'],
    ['&nbsp;', '\u00a0'],
    ['&eacute;&#233;&#xe9;', 'ééé'],
    ['<br>', '<br />'],
    ['<P>x', '<p>x</p>'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a & b', 'a &amp; b'],
    ['1 < 2 > 0', '1 &lt; 2 &gt; 0'],
  ])('writes %s anew as %s', (sent, kept) => {
    expect(sanitiseHtml(sent)).toBe(kept);
  });

  const markup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<p>',
          '</p>',
          '<br>',
          '<a href="',
          '">',
          '<script>',
          '</script>',
          '<b',
          '>',
          '<',
          '&',
          '&amp;',
          '&#39;',
          ' onclick="x"',
          '<svg/onload=x>',
          '<!--',
          '-->',
          '<![CDATA[',
          ']]>',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join(''));

  it('lets nothing active through, whatever it is given', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const kept = sanitiseHtml(html);
        const tags = kept.match(/<[^>]*>?/g) ?? [];
        for (const tag of tags) expect(tag).toMatch(/^<\/?(p|br|a|b)(\s+(href|target|rel)="[^"<>]*")*\s*\/?>$/);
        expect(kept).not.toMatch(/href="\s*javascript/i);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves what it has written once as it is, for well-formed markup', () => {
    const { html } = fc.letrec<{ html: string; element: string }>((tie) => ({
      html: fc
        .array(fc.oneof({ depthSize: 'small' }, fc.string().map(escape), tie('element')), { maxLength: 4 })
        .map((parts) => parts.join('')),
      element: fc
        .tuple(fc.constantFrom('div', 'b', 'em', 'span', 'blockquote', 'script', 'marquee'), tie('html'))
        .map(([tag, inner]) => `<${tag} class="x" style="color:red">${inner}</${tag}><br>`),
    }));
    fc.assert(
      fc.property(html, (sent) => {
        const kept = sanitiseHtml(sent);
        expect(sanitiseHtml(kept)).toBe(kept);
      }),
    );
  });

  it('keeps properly escaped text, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), markup), (text) => {
        fc.pre(!text.includes('\r'));
        expect(unescape(sanitiseHtml(escape(text)))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('rewriteClean', () => {
  const pieces = [
    '<p>',
    '</p>',
    '<br>',
    '<br/>',
    '<br />',
    '<b>',
    '</b>',
    '<div>',
    '</div>',
    '<span>',
    '</span>',
    '<blockquote>',
    '</blockquote>',
    '<em>',
    '</em>',
    'text',
    ' ',
    '\n',
    '"',
    "'",
    '\0',
    '👍',
    '&amp;',
    '&lt;',
    '&gt;',
    '&#39;',
    '&quot;',
    '&nbsp;',
    '&apos;',
    '&amp',
    '<P>',
    '<p class="x">',
    '<p dir="auto">',
    '<span dir="rtl">',
    '<a href="https://a.example/b?c=d&amp;e=%20#f">',
    '<a href="http://a.example:80/(x)">',
    '<a href="https://">',
    '<a href="javascript:x">',
    '</a>',
    '<script>',
    '>',
    '<',
  ];

  it('never says anything else than the full parser', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (chosen) => {
        const html = chosen.join('');
        const rewritten = rewriteClean(html);
        expect(rewritten ?? parseAndSanitise(html)).toBe(parseAndSanitise(html));
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes what a transcript is made of', () => {
    const transcript =
      '<p dir="auto"><b>Ann &amp; Bob</b> <em>10:00</em><br>it&#39;s &lt;fine&gt; 👍</p><a href="https://a.example">x</a>';
    expect(rewriteClean(transcript)).toBe(
      '<p dir="auto"><b>Ann &amp; Bob</b> <em>10:00</em><br />it\'s &lt;fine&gt; 👍</p><a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    );
  });

  it.each(['<p><p>a</p></p>', '<b><i>a</b></i>', '<p>a', 'a</p>', '1 > 0', 'a & b', '<!-- a -->'])(
    'leaves %s to the full parser',
    (html) => {
      expect(rewriteClean(html)).toBeUndefined();
    },
  );
});
