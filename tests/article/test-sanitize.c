/* Hostile and crooked HTML: what may come out, and that all of it does. */
#include "article/sanitize.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first. */
#include <cmocka.h>

static struct buffer clean(struct str html)
{
	struct buffer out = {0};
	struct error error = {0};
	struct sanitize_options options = {.base_url = STR("https://a.example/b/c.html"),
		.direction = TEXT_LTR, .language = STR("en")};
	if (sanitize_html(html, &options, &out, &error) < 0)
		fail_msg("%s", error.message);
	return out;
}

struct example {
	const char *from, *to;
};

static const struct example cases[] = {
	{"<p onclick=x()>a<script>b</script>c", "<p>ac</p>\n"},
	{"<a href=\"javascript:alert(1)\">x</a>", "<p>x</p>\n"},
	{"<a href=\" java\nscript:alert(1)\">x</a>", "<p>x</p>\n"},
	{"<a href=\"&#106;avascript:x\">x</a>", "<p>x</p>\n"},
	{"<a href=\"data:text/html,x\">x</a>", "<p>x</p>\n"},
	{"<a href=d.html#e>x</a>", "<p><a href=\"https://a.example/b/d.html#e\">x</a></p>\n"},
	{"<a href='../../x/./y/../z'>x</a>", "<p><a href=\"https://a.example/x/z\">x</a></p>\n"},
	{"<a href=//h.example>x</a>", "<p><a href=\"https://h.example/\">x</a></p>\n"},
	{"<a href='?q=\"<b>'>x</a>",
		"<p><a href=\"https://a.example/b/c.html?q=%22%3Cb%3E\">x</a></p>\n"},
	{"<a href=mailto:me@a.example>x</a>", "<p><a href=\"mailto:me@a.example\">x</a></p>\n"},
	{"<a href='http://a.example/\x1b]0;x\x07'>x</a>",
		"<p><a href=\"http://a.example/]0;x\">x</a></p>\n"},
	{"<style>p{}</style><iframe src=javascript:x>y</iframe><form>a<input value=b><textarea>c</textarea></form>",
		"<p>a</p>\n"},
	{"<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>\n"},
	{"<b>a<p>b</b>c", "<p><b>a</b></p>\n<p><b>b</b>c</p>\n"},
	{"a<br>b<br><br>c<br>", "<p>a<br>b</p>\n<p>c</p>\n"},
	{"<b>a<br><br>b</b>", "<p><b>a</b></p>\n<p><b>b</b></p>\n"},
	{"<ol start=4 reversed type=a onload=x><li>a<li value=9>b<p>c</ol>",
		"<ol start=\"4\" reversed type=\"a\"><li>a</li>\n<li value=\"9\">b<p>c</p>\n</li>\n</ol>\n"},
	{"<pre> a\n  b</pre>", "<pre> a\n  b</pre>\n"},
	{"<p>  a \n b&nbsp;c  ", "<p>a b\xc2\xa0" "c</p>\n"},
	{"<ul><li><li> <li>&nbsp;</ul><p></p><b></b>", ""},
	{"<h2>x &lt;script&gt; &amp; \"y\"</h2>", "<h2>x &lt;script&gt; &amp; &quot;y&quot;</h2>\n"},
	{"<table><tr><th>a<td>b</table>",
		"<table><tr><th>a</th>\n<td>b</td>\n</tr>\n</table>\n"},
	{"<table><tr><td><table><tr><td>a<td>b</table></table>",
		"<table><tr><td>a</td>\n<td>b</td>\n</tr>\n</table>\n"},
	{"a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>\n"},
	{"a<img src=x alt=y onerror=z>b",
		"<p>a<img src=\"https://a.example/b/x\" alt=\"y\">b</p>\n"},
	{"<q>a</q>", "<p>“a”</p>\n"},
	{"<p dir=rtl>abc</p>", "<p dir=\"rtl\">abc</p>\n"},
	{"<div dir=rtl><p>שלום<p dir=ltr>b</div>", "<p dir=\"rtl\">שלום</p>\n<p>b</p>\n"},
	{"<p>ABC שלום לכולם", "<p>ABC שלום לכולם</p>\n"},
	{"<div dir=rtl>ABC שלום לכולם</div>", "<p dir=\"rtl\">ABC שלום לכולם</p>\n"},
	{"<p dir=ltr>שלום, ABC", "<p dir=\"ltr\">שלום, ABC</p>\n"},
	{"<p dir=ltr><bdi>שלום</bdi> said", "<p><bdi>שלום</bdi> said</p>\n"},
	{"<p dir=ltr><bdi>abc</bdi> שלום", "<p dir=\"ltr\"><bdi>abc</bdi> שלום</p>\n"},
	{"<p dir=ltr>\xe2\x81\xa6" "abc\xe2\x81\xa9 שלום",
		"<p dir=\"ltr\">\xe2\x81\xa6" "abc\xe2\x81\xa9 שלום</p>\n"},
	{"<div dir=rtl><pre>a = 1</pre><pre dir=rtl>b</pre></div>",
		"<pre>a = 1</pre>\n<pre dir=\"rtl\">b</pre>\n"},
	{"<p dir=auto>x", "<p dir=\"auto\">x</p>\n"},
	{"<p dir='x\" onload=\"'>x", "<p>x</p>\n"},
	{"<p lang=fr>x<p lang='x\"y'>z<p lang=en>w",
		"<p lang=\"fr\">x</p>\n<p>z</p>\n<p>w</p>\n"},
	{"<p>x <span dir=rtl>y</span> <bdo dir=rtl>z</bdo>",
		"<p>x <bdi dir=\"rtl\">y</bdi> <bdo dir=\"rtl\">z</bdo></p>\n"},
	{"<p>a\xe2\x80\xae" "b<p>c\xe2\x80\xac" "d", "<p>a\xe2\x80\xae" "b\xe2\x80\xac</p>\n<p>cd</p>\n"},
	{"<p>\xe2\x81\xa7" "a\xe2\x80\xab" "b\xe2\x81\xa9" "c", "<p>\xe2\x81\xa7" "a\xe2\x80\xab" "b\xe2\x81\xa9" "c</p>\n"},
	{"<p>a\x1b[2Jb\x7f\xc2\x9b" "c&#27;d&#x9b;e&#0;f", "<p>a[2Jbcd\xe2\x80\xba" "e\xef\xbf\xbd" "f</p>\n"},
	{"<!-- <p>a --><p>b<!-->c<!--->d<![CDATA[e]]>f", "<p>bcdf</p>\n"},
	{"<p title='>'>a</p <b>b", "<p>a</p>\n<p>b</p>\n"},
	{"<svg><p>x</svg><math><mi>y</math>z", "<p>z</p>\n"},
	{"a<b", "<p>a</p>\n"},
	{"1 < 2 <3", "<p>1 &lt; 2 &lt;3</p>\n"},
};

/* What the contract in sanitize.h names, element by element. */
static const struct example contract[] = {
	{"<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>",
		"<h1>a</h1>\n<h2>b</h2>\n<h3>c</h3>\n<h4>d</h4>\n<h5>e</h5>\n<h6>f</h6>\n"},
	{"<h2><div>a</div></h2><h1><p>b</p></h1>", "<h2>a</h2>\n<h1>b</h1>\n"},
	{"<pre>\n\na\n<div>b</div><div>c</div>\n</pre>", "<pre>a\nb\nc</pre>\n"},
	{"<ul><li>a<ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n"},
	{"<ol start=-3 type=z reversed><li value=+7>a<li value=x>b</ol>",
		"<ol start=\"-3\" reversed><li value=\"7\">a</li>\n<li>b</li>\n</ol>\n"},
	{"<ol start=99999999999><li>a", "<ol><li>a</li>\n</ol>\n"},
	{"<li>a<section><li>b</section>",
		"<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n"},
	{"<dl><dt>a<dd>b</dl><dd>c", "<dl><dt>a</dt>\n<dd>b</dd>\n</dl>\n<dl><dd>c</dd>\n</dl>\n"},
	{"<blockquote cite=../q>a</blockquote>",
		"<blockquote cite=\"https://a.example/q\"><p>a</p>\n</blockquote>\n"},
	{"<blockquote cite=mailto:x@y.example>a<blockquote cite=javascript:x>b",
		"<blockquote><p>a</p>\n<blockquote><p>b</p>\n</blockquote>\n</blockquote>\n"},
	{"<figure><img src=/i.png alt='a \"b\"' title=t width=300><figcaption>c</figcaption></figure>",
		"<figure><img src=\"https://a.example/i.png\" alt=\"a &quot;b&quot;\" title=\"t\">"
		"<figcaption>c</figcaption>\n</figure>\n"},
	{"<details open><summary>a</summary>b</details>",
		"<details><summary>a</summary>\n<p>b</p>\n</details>\n"},
	{"<table><caption>k</caption><thead><tr><th colspan=2>a<th rowspan=3 colspan=0>b</thead>"
		"<tbody><tr><td colspan=9999>c<td colspan=x>d</table>",
		"<table><caption>k</caption>\n<tr><th colspan=\"2\">a</th>\n<th rowspan=\"3\">b</th>\n"
		"</tr>\n<tr><td colspan=\"1000\">c</td>\n<td>d</td>\n</tr>\n</table>\n"},
	{"<em>a</em><strong>b</strong><i>c</i><b>d</b><u>e</u><s>f</s><strike>g</strike><del>h</del>"
		"<ins>i</ins><mark>j</mark><sub>k</sub><sup>l</sup><small>m</small><code>n</code>",
		"<p><em>a</em><strong>b</strong><i>c</i><b>d</b><u>e</u><s>f</s><s>g</s><del>h</del>"
		"<ins>i</ins><mark>j</mark><sub>k</sub><sup>l</sup><small>m</small><code>n</code></p>\n"},
	{"<kbd>a</kbd><samp>b</samp><var>c</var><cite>d</cite><dfn>e</dfn>",
		"<p><code>a</code><code>b</code><i>c</i><i>d</i><i>e</i></p>\n"},
	{"<abbr title='World  Wide'>a</abbr><abbr>b</abbr><em title=x>c</em>",
		"<p><abbr title=\"World Wide\">a</abbr><abbr>b</abbr><em>c</em></p>\n"},
	{"<ruby><rb>漢</rb><rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
		"<p><ruby><rb>漢</rb><rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>\n"},
	{"<bdi>a</bdi><bdo dir=rtl>b</bdo><bdo>c</bdo><em dir=rtl lang=he>d</em>",
		"<p><bdi>a</bdi><bdo dir=\"rtl\">b</bdo>c<em dir=\"rtl\" lang=\"he\">d</em></p>\n"},
	{"<span lang=en-GB>a</span><span lang=fr>b</span><span lang='x y'>c</span>",
		"<p>a<span lang=\"fr\">b</span>c</p>\n"},
	{"<table dir=rtl><tr><td>a<td dir=ltr>b</table><ul dir=rtl><li dir=auto>c</ul>",
		"<table dir=\"rtl\"><tr><td>a</td>\n<td dir=\"ltr\">b</td>\n</tr>\n</table>\n"
		"<ul dir=\"rtl\"><li dir=\"auto\">c</li>\n</ul>\n"},
	/* links within */
	{"<p>a<sup id=r1><a href=#n1>1</a></sup><ol><li id=n1>b <a href=#r1>^</a></ol>",
		"<p>a<sup id=\"r1\"><a href=\"#n1\">1</a></sup></p>\n"
		"<ol><li id=\"n1\">b <a href=\"#r1\">^</a></li>\n</ol>\n"},
	{"<a href=https://a.example/b/c.html#x>a</a><p id=y>b<h2 id=x>c</h2>",
		"<p><a href=\"#x\">a</a></p>\n<p>b</p>\n<h2 id=\"x\">c</h2>\n"},
	{"<a href=c.html#x>a</a><a href=./c.html#x>b</a><a href=d.html#x>c</a><h2 id=x>d</h2>",
		"<p><a href=\"#x\">a</a><a href=\"#x\">b</a>"
		"<a href=\"https://a.example/b/d.html#x\">c</a></p>\n<h2 id=\"x\">d</h2>\n"},
	{"<a href=#x>a</a><a href=#>b</a><a href=#top>c</a>", "<p>abc</p>\n"},
	{"<a href=#x>a</a> <a href=#y>b</a><a name=x></a><div id=y></div><p id=z>c",
		"<p><a href=\"#x\">a</a> <a href=\"#x\">b</a></p>\n<p id=\"x\">c</p>\n"},
	{"<a href=#x>a</a><p id=x>b<p id=x>c",
		"<p><a href=\"#x\">a</a></p>\n<p id=\"x\">b</p>\n<p>c</p>\n"},
	{"<a href=#x>a</a><p id=x></p>", "<p>a</p>\n"},
	{"<a href='#%D8%A7'>a</a><h2 id=ا>b</h2>",
		"<p><a href=\"#ا\">a</a></p>\n<h2 id=\"ا\">b</h2>\n"},
	{"<a href='#a b'>a</a><p id='a b'>b", "<p>a</p>\n<p>b</p>\n"},
	{"<a href='#x\"><b>'>a</a><p id='x\"><b>'>b", "<p>a</p>\n<p>b</p>\n"},
	{"<a id=q href=d>a</a><a href=#q>b</a>",
		"<p><a href=\"https://a.example/b/d\" id=\"q\">a</a><a href=\"#q\">b</a></p>\n"},
	/* media */
	{"<audio src=s.mp3 controls>no sound</audio>",
		"<p><a href=\"https://a.example/b/s.mp3\" type=\"audio/mpeg\">s.mp3</a></p>\n"},
	{"<audio>no sound</audio>", "<p>no sound</p>\n"},
	{"<video title=Film><source src=f type='video/webm; codecs=x'>no film</video>",
		"<p><a href=\"https://a.example/b/f\" type=\"video/webm\">Film</a></p>\n"},
	{"<video src='/%D9%81%DB%8C%D9%84%D9%85'></video>",
		"<p><a href=\"https://a.example/%D9%81%DB%8C%D9%84%D9%85\" type=\"video/*\">فیلم</a></p>\n"},
	{"a<iframe src=//v.example/embed/1 title=Clip><p>none</p></iframe>b",
		"<p>a</p>\n<p><a href=\"https://v.example/embed/1\" type=\"text/html\">Clip</a></p>\n<p>b</p>\n"},
	{"<iframe src=//t.example/x width=0 height=0></iframe><iframe src=about:blank></iframe>", ""},
	{"<object data=d.pdf><p>text</p></object><embed src=e.swf type='\"'>",
		"<p><a href=\"https://a.example/b/d.pdf\" type=\"application/pdf\">d.pdf</a></p>\n"
		"<p><a href=\"https://a.example/b/e.swf\" type=\"application/x-shockwave-flash\">e.swf</a></p>\n"},
	{"<img src=data:image/gif;base64,R0lGOD>", ""},
	{"<img src=data:image/gif;base64,R0lGOD alt=x>", "<p>[x]</p>\n"},
	{"<img src=data:, data-src=a.png><noscript><img src=b.png></noscript>",
		"<p><img src=\"https://a.example/b/a.png\"></p>\n"},
	{"<img srcset='s.png 1x, l.png 2x' alt=''>", "<p><img src=\"https://a.example/b/l.png\"></p>\n"},
	{"<img src=data:, srcset='a,b.png 300w, c.png 900w,d.png 20w'>",
		"<p><img src=\"https://a.example/b/c.png\"></p>\n"},
	{"<picture><source srcset=p.webp><img></picture>",
		"<p><img src=\"https://a.example/b/p.webp\"></p>\n"},
	{"<noscript>Please switch it on<img src=x></noscript><noscript><img src=y></noscript>",
		"<p><img src=\"https://a.example/b/y\"></p>\n"},
	{"<img src=p.gif width=1 height=1><img src=p.gif style='height:0px'><img src=p.gif hidden>"
		"<img src=p.gif style='display: none !important'><img src=p.gif width=100%>",
		"<p><img src=\"https://a.example/b/p.gif\"></p>\n"},
	{"<a href=x><img src=i.png></a>",
		"<p><a href=\"https://a.example/b/x\"><img src=\"https://a.example/b/i.png\"></a></p>\n"},
	{"<img src=i alt='a\xe2\x80\xae" "b\n c'>", "<p><img src=\"https://a.example/b/i\" alt=\"ab c\"></p>\n"},
	/* what is hidden */
	{"<p hidden>a</p><p>bb<p style='Display : NONE'>c<p style='visibility:hidden'>d", "<p>bb</p>\n"},
	{"<div hidden>most of it</div>x", "<p>most of it</p>\n<p>x</p>\n"},
	{"<p>word <span aria-hidden=true>→</span><div aria-hidden=true><p>all of this is the text</div>",
		"<p>word</p>\n<p>all of this is the text</p>\n"},
	{"<p>text of some length<template><p>none</template>", "<p>text of some length</p>\n"},
	{"<div><template shadowrootmode=open><p>seen</template></div>", "<p>seen</p>\n"},
};

/* Ways to have something run, or to have the reader followed; none is to be left. */
static const char *const attacks[] = {
	"<script>x()</script>", "<scr<script>ipt>x()</script>", "<SCRIPT/SRC=//e.example/x.js></SCRIPT>",
	"<script>x()", "<script <b>x()</script>", "<<script>x();//<</script>", "<noscript><p title=\"</noscript><script>x()</script>\">",
	"<img src=x onerror=x()>", "<img src=\"x\" onerror=\"x()\"", "<img/src=x/onerror=x()>",
	"<img src='javascript:x()'>", "<img src=x:x onerror\x0b=x()>", "<IMG \"\"\"><SCRIPT>x()</SCRIPT>\">",
	"<a href=javascript:x()>a</a>", "<a href=JaVaScRiPt:x()>a</a>", "<a href=' javascript:x()'>a</a>",
	"<a href='\x01javascript:x()'>a</a>", "<a href='java\tscript:x()'>a</a>", "<a href='java\nscript:x()'>a</a>",
	"<a href='java&#10;script:x()'>a</a>", "<a href='java&Tab;script:x()'>a</a>",
	"<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:x()'>a</a>",
	"<a href='javascript&colon;x()'>a</a>", "<a href='java&#0;script:x()'>a</a>",
	"<a href='java&#1;script:x()'>a</a>", "<a href='\xe2\x80\x8bjavascript:x()'>a</a>",
	"<a href='javascript\xc2\xad:x()'>a</a>", "<a href='java script:x()'>a</a>",
	"<a href='javascript :x()'>a</a>", "<a href='%6Aavascript:x()'>a</a>",
	"<a href=vbscript:x>a</a>", "<a href=VbScRiPt:x>a</a>", "<a href=livescript:x>a</a>",
	"<a href='data:text/html,<script>x()</script>'>a</a>", "<a href=DATA:text/html;base64,eA==>a</a>",
	"<a href=file:///etc/passwd>a</a>", "<a href='f\nile:///etc/passwd'>a</a>", "<a href=blob:x>a</a>",
	"<a href=jar:http://e.example/x>a</a>", "<a href=view-source:http://e.example>a</a>",
	"<a href=about:blank>a</a>", "<a href=ftp://e.example>a</a>", "<a href=http:javascript:x>a</a>",
	"<blockquote cite=javascript:x()>a</blockquote>", "<iframe src=javascript:x()></iframe>",
	"<iframe srcdoc='<script>x()</script>'></iframe>", "<iframe src=data:text/html,x></iframe>",
	"<object data=javascript:x()></object>", "<object data='data:text/html;base64,eA=='></object>",
	"<embed src=javascript:x()>", "<video src=javascript:x() onerror=x()></video>",
	"<video><source src=javascript:x()></video>", "<audio src=data:audio/wav;base64,eA==></audio>",
	"<svg onload=x()>", "<svg><script>x()</script></svg>", "<svg><a href=javascript:x()><text>a</text></a></svg>",
	"<svg><style><img src=x onerror=x()></style></svg>", "<math><mtext><script>x()</script></mtext></math>",
	"<math href=javascript:x()>a</math>", "<math><annotation-xml encoding=text/html><p onclick=x()>a</annotation-xml></math>",
	"<style>@import 'javascript:x()'</style>", "<style><!--</style><script>x()</script>-->",
	"<link rel=stylesheet href=javascript:x()>", "<meta http-equiv=refresh content='0;url=javascript:x()'>",
	"<base href=javascript:x()//><a href=x()>a</a>", "<body onload=x()>", "<body background=javascript:x()>",
	"<table background=javascript:x()><tr><td background=javascript:x()>a</table>",
	"<div style='background:url(javascript:x())'>a</div>", "<div style='width:expression(x())'>a</div>",
	"<p style='behavior:url(x.htc)' onmouseover=x()>a</p>", "<form action=javascript:x()><button formaction=javascript:x()>a</button></form>",
	"<input type=image src=javascript:x() onfocus=x() autofocus>", "<isindex action=javascript:x()>",
	"<button onclick=x()>a</button>", "<select onfocus=x() autofocus><option>a</select>",
	"<textarea onfocus=x()></textarea><p>a", "<textarea></p><script>x()</script>", "<details ontoggle=x() open>a</details>",
	"<marquee onstart=x()>a</marquee>", "<keygen autofocus onfocus=x()>", "<frameset onload=x()><frame src=javascript:x()></frameset>",
	"<!--><script>x()</script>-->", "<!--[if IE]><script>x()</script><![endif]-->", "<![CDATA[<script>x()</script>]]>",
	"<?xml-stylesheet href='javascript:x()'?>a", "<!ENTITY x 'javascript:x()'>", "<xmp><script>x()</script></xmp>",
	"<plaintext><script>x()</script>", "<listing onclick=x()>a</listing>", "<noembed><script>x()</script></noembed>",
	"<title><script>x()</script></title>", "<template><script>x()</script></template>", "<p title='</p><script>x()</script>'>a",
	"<a title='\"><script>x()</script>' href=y>a</a>", "<img alt='\"><script>x()</script>' src=y>",
	"<img alt='`><script>x()</script>' src=y>", "<abbr title='\" onclick=\"x()'>a</abbr>",
	"<p id='\" onclick=\"x()'>a</p><a href='#\" onclick=\"x()'>b</a>", "<p dir='\" onclick=\"x()' lang='\" onclick=\"x()'>a",
	"<ol start='\" onclick=\"x()' type='\"'><li value='\" onclick=\"x()'>a", "<a href=y type='a/b\" onclick=\"x()'>a</a>",
	"<td colspan='2\" onclick=\"x()'>a", "<video title='<script>x()</script>' src=y></video>",
	"<video src='y\" onclick=\"x()'></video>", "<img src='y\" onerror=\"x()'>", "<img srcset='javascript:x() 2x'>",
	"<img data-src=javascript:x()>", "<img src=data:image/svg+xml,%3Csvg%20onload=x()%3E alt=a>",
	"&lt;script&gt;x()&lt;/script&gt;", "&amp;lt;script>x()", "<x:script xmlns:x=http://www.w3.org/1999/xhtml>x()</x:script>",
	"<script>/*</style><svg onload=x()>*/", "<b <script>x()</script>b>a</b>", "<a href=\"x\"onclick=\"x()\">a</a>",
	"<a\x00 href=javascript:x()>a</a>", "<a\x0chref=javascript:x()>a</a>", "</br style=x onclick=x()>a",
	"<a xlink:href=javascript:x() href=javascript:x()>a</a>", "<a href=y ping=//e.example>a</a>",
	"<portal src=javascript:x()></portal>", "<applet code=x></applet>", "<object><param name=movie value=javascript:x()></object>",
	"<a href=y target=_top rel=opener download=x>a</a>", "<img src=y usemap=#m><map name=m><area href=javascript:x()></map>",
};

/* Letters that would have to be in the result for an attack to work. */
static bool is_dangerous(struct str html)
{
	static const char *const words[] = {"<script", "javascript:", "vbscript:", "livescript:", "data:",
		"file:", "blob:", "jar:", "about:", "<style", "<iframe", "<object", "<embed", "<svg", "<form",
		"<input", "<meta", "<base", "<link", " style=", " ping=", " target=", "srcset"};
	bool in_tag = false;
	for (size_t i = 0; i < html.len; i++) {
		struct str rest = str_slice(html, i, html.len);
		in_tag = html.ptr[i] == '<' || (in_tag && html.ptr[i] != '>');
		for (size_t k = 0; in_tag && k < sizeof words / sizeof *words; k++) {
			if (str_equal_nocase(str_slice(rest, 0, strlen(words[k])), str_of(words[k])))
				return true;
		}
	}
	return false;
}

static void check_examples(const struct example *examples, size_t count)
{
	bool failed = false;
	for (size_t i = 0; i < count; i++) {
		struct buffer out = clean(str_of(examples[i].from));
		if (strcmp(buffer_view(&out).ptr, examples[i].to) != 0) {
			print_message("%s\ngave %s\nnot  %s\n", examples[i].from, buffer_view(&out).ptr,
					examples[i].to);
			failed = true;
		}
		buffer_free(&out);
	}
	assert_false(failed);
}

static void test_cases(void **state)
{
	(void)state;
	check_examples(cases, sizeof cases / sizeof *cases);
}

static void test_contract(void **state)
{
	(void)state;
	check_examples(contract, sizeof contract / sizeof *contract);
}

/* ---- a grammar of what may come out ---- */

static bool known(struct str name)
{
	static const char *const names[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
		"dl", "dt", "dd", "blockquote", "pre", "table", "caption", "tr", "th", "td", "figure",
		"figcaption", "hr", "br", "em", "strong", "i", "b", "u", "s", "del", "ins", "mark", "sub",
		"sup", "code", "a", "bdi", "bdo", "small", "abbr", "ruby", "rb", "rt", "rp", "span", "img",
		"details", "summary"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_equal(name, str_of(names[i])))
			return true;
	}
	return false;
}

/* Attributes, the elements that may have them (NULL: all) and how their values start. */
static const struct {
	const char *name, *elements, *start;
} attributes[] = {
	{"dir", NULL, ""}, {"lang", NULL, ""}, {"id", NULL, ""}, {"href", " a ", "http://"},
	{"href", " a ", "https://"}, {"href", " a ", "mailto:"}, {"href", " a ", "#"},
	{"type", " a ol ", ""}, {"start", " ol ", ""}, {"value", " li ", ""}, {"src", " img ", "http://"},
	{"src", " img ", "https://"}, {"alt", " img ", ""}, {"title", " img abbr ", ""},
	{"cite", " blockquote ", "http"}, {"colspan", " td th ", ""}, {"rowspan", " td th ", ""},
};

static bool may_have(struct str element, struct str name, struct str value)
{
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		struct buffer word = {0};
		buffer_printf(&word, " %.*s ", STR_ARG(element));
		bool good = str_equal(name, str_of(attributes[i].name)) &&
			str_starts(value, str_of(attributes[i].start)) &&
			(!attributes[i].elements ||
				str_find(str_of(attributes[i].elements), buffer_view(&word)) >= 0);
		buffer_free(&word);
		if (good)
			return true;
	}
	return false;
}

/* ' name="value"' and ' reversed', each once. */
static void check_attributes(struct str tag, struct str element)
{
	struct str rest = str_slice(tag, element.len, tag.len);
	while (rest.len > 0) {
		if (str_equal(element, STR("ol")) && str_starts(rest, STR(" reversed"))) {
			rest = str_slice(rest, 9, rest.len);
			continue;
		}
		ptrdiff_t equal = str_find(rest, STR("=\""));
		assert_true(rest.ptr[0] == ' ' && equal > 1);
		struct str name = str_slice(rest, 1, (size_t)equal);
		rest = str_slice(rest, (size_t)equal + 2, rest.len);
		ptrdiff_t quote = str_find(rest, STR("\""));
		assert_true(quote >= 0);
		struct str value = str_slice(rest, 0, (size_t)quote);
		rest = str_slice(rest, (size_t)quote + 1, rest.len);
		if (!may_have(element, name, value) || str_find(rest, name) == 1)
			fail_msg("attributes of <%.*s>", STR_ARG(tag));
	}
}

/* Tags from the list, closed in order; no controls; no stray "<" or ">". */
static void check_output(struct str html)
{
	struct str stack[64];
	size_t depth = 0;
	assert_true(utf8_valid(html));
	for (size_t i = 0; i < html.len; i++) {
		unsigned char c = (unsigned char)html.ptr[i];
		assert_true(c >= 0x20 || c == '\n' || c == '\t');
		assert_true(c != 0x7F && c != '>');
		if (c == 0xC2)
			assert_true((unsigned char)html.ptr[i + 1] >= 0xA0);
		if (c != '<')
			continue;
		ptrdiff_t len = str_find(str_slice(html, i, html.len), STR(">"));
		assert_true(len > 0);
		struct str tag = str_slice(html, i + 1, i + (size_t)len), name = tag;
		i += (size_t)len;
		bool end = str_starts(tag, STR("/"));
		if (end)
			name = str_slice(tag, 1, tag.len);
		for (size_t k = 0; k < name.len; k++) {
			if (name.ptr[k] == ' ')
				name.len = k;
		}
		assert_true(known(name));
		if (end) {
			assert_true(depth > 0 && str_equal(stack[depth - 1], name));
			depth--;
			continue;
		}
		check_attributes(tag, name);
		if (str_equal(name, STR("br")) || str_equal(name, STR("hr")) ||
				str_equal(name, STR("img")))
			continue;
		if (depth < 64)
			stack[depth] = name;
		depth++;
		assert_true(depth < 64);
	}
	assert_int_equal(depth, 0);
}

static void check_again(struct str source, struct str html)
{
	struct buffer again = clean(html);
	if (!str_equal(buffer_view(&again), html))
		fail_msg("%.*s\ngave  %.*s\nthen %.*s", STR_ARG(source), STR_ARG(html),
				STR_ARG(buffer_view(&again)));
	buffer_free(&again);
}

static void test_attacks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
		/* Text around it, so that what hides it would hide little. */
		static const char *const frames[] = {"%s", "<p>before %s after", "<table><tr><td>%s<td>b</table>",
			"<a href=y>%s</a>", "<ul><li>%s", "<div hidden>%s</div><p>b"};
		for (size_t k = 0; k < sizeof frames / sizeof *frames; k++) {
			struct str frame = str_of(frames[k]);
			ptrdiff_t at = str_find(frame, STR("%s"));
			struct buffer html = {0};
			buffer_str(&html, str_slice(frame, 0, (size_t)at));
			buffer_str(&html, str_of(attacks[i]));
			buffer_str(&html, str_slice(frame, (size_t)at + 2, frame.len));
			struct buffer out = clean(buffer_view(&html));
			check_output(buffer_view(&out));
			check_again(buffer_view(&html), buffer_view(&out));
			if (is_dangerous(buffer_view(&out)))
				fail_msg("%s\ngave %s", html.data, out.data);
			buffer_free(&out);
			buffer_free(&html);
		}
	}
}

static void test_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contract / sizeof *contract; i++)
		check_again(str_of(contract[i].from), str_of(contract[i].to));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_again(str_of(cases[i].from), str_of(cases[i].to));
}

/* Random soups of tags: the result keeps to the grammar, and cleaning it again changes nothing. */
static void test_random(void **state)
{
	static const char *const pieces[] = {"<p>", "</p>", "<b>", "</b>", "<i dir=rtl>", "</i>",
		"<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<ul>", "<li>", "</ul>", "<ol start=2>",
		"</ol>", "<a href=x>", "<a href='javascript:y'>", "</a>", "<blockquote>", "</blockquote>",
		"<pre>", "</pre>", "<br>", "<hr>", "text ", "שלום ", "سلام ", "\xe2\x80\xae", "\xe2\x80\xac",
		"\xe2\x81\xa6", "\xe2\x81\xa9", "&lt;x&gt;", "&#1;", "<div dir=ltr lang=he>", "</div>",
		"<figure>", "<figcaption>", "</figure>", "<h2>", "</h2>", "<script>", "</script>", "<!--",
		"-->", "<svg>", "</svg>", "<form>", "<input>", "<select>", "<option>", "<button>", "<q>",
		"<dl>", "<dt>", "<dd>", "<span dir=auto>", "</span>", "<bdo dir=rtl>", "</bdo>", "<caption>",
		"\"", "'", "<", ">", "\x1b", "\xff", "\xc2\x9b", "<code>", "</code>", "<body>", "</body>",
		"<title>", "</title>", "<textarea>", "<frameset>", "<template>", "<p title=\"<b>\">",
		"<img src=i alt=x>", "<img src=data:, alt=y>", "<img data-src=z>", "<audio src=a.mp3>",
		"</audio>", "<iframe src=f>", "</iframe>", "<object data=o>", "</object>", "<details>",
		"<summary>", "</summary>", "</details>", "<ruby>", "<rt>", "</ruby>", "<abbr title=t>", "</abbr>",
		"<sup id=a>", "</sup>", "<a href=#a>", "<a href=#b>", "<a name=b>", "<li id=b>", "<h3 id=a>",
		"<span lang=fr>", "<small>", "</small>", "<blockquote cite=q id=b>", "<td colspan=3 dir=rtl>",
		"<noscript>", "</noscript>", "<p hidden>", "<i aria-hidden=true>", "<table dir=rtl id=a>",
		"<ul dir=ltr>", "<section>", "</section>", "a sentence that is long enough to be a line of its own "
		"because it has over a hundred letters, which it has now."};
	(void)state;
	srand(11);
	for (int round = 0; round < 3000; round++) {
		struct buffer html = {0};
		for (int i = rand() % 60; i > 0; i--)
			buffer_str(&html, str_of(pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]));
		struct buffer out = clean(buffer_view(&html));
		check_output(buffer_view(&out));
		check_again(buffer_view(&html), buffer_view(&out));
		buffer_free(&out);
		buffer_free(&html);
	}
}

static void test_deep(void **state)
{
	static const char *const pieces[] = {"<div>", "<blockquote>", "<ul><li>", "<b><i>",
		"<span dir=rtl>", "<table><tr><td>x", "<bdi>", "<x>"};
	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buffer html = {0};
		buffer_repeat(&html, str_of(pieces[i]), 100000);
		buffer_str(&html, STR("the end"));
		struct buffer out = clean(buffer_view(&html));
		assert_true(str_find(buffer_view(&out), STR("the end")) >= 0);
		assert_true(out.len < 4 * html.len);
		buffer_free(&out);
		buffer_free(&html);
	}
}

/* What is much of one kind takes time and room as much as it is long: a quadratic step would show. */
static void test_much(void **state)
{
	static const struct {
		const char *before, *piece, *after;
		size_t times;
	} pages[] = {
		{"<p ", "a=b ", ">x", 1000000},
		{"<p ", "id=b ", ">x", 1000000},
		{"<table><tr>", "<td>x", "</table>", 10000},
		{"<table><tr>", "<td colspan=9999 rowspan=9999>x", "</table>", 100000},
		{"", "<table><tr><td>x<td>y</table>", "", 50000},
		{"", "<a href=#a>x</a><p id=a>y", "", 50000},
		{"<ul>", "<li value=1>x", "</ul>", 100000},
		{"", "<b><p>x", "", 50000},
		{"", "<span lang=fr dir=rtl>x<p>", "", 50000},
		{"<pre>", "<div>x", "</pre>", 50000},
		{"<p>", "x<br>", "", 200000},
		{"<p>", "\xe2\x80\xae", "x", 300000},
		{"<p>x", "\xcc\x81", "", 500000},
		{"<img srcset='", "a 1x, ", "'>x", 300000},
		{"x<img src='data:,", "aaaa", "'>", 1000000},
		{"<div hidden>x", "<div hidden>", "x", 100000},
		{"", "<noscript><img src=x></noscript>", "y", 50000},
		{"<a href=#", "%41", ">x</a>", 300000},
		{"", "<object data=x><embed src=y>", "z", 50000},
		{"", "<ruby>x<rt>y", "", 50000},
	};
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct buffer html = {0};
		buffer_str(&html, str_of(pages[i].before));
		buffer_repeat(&html, str_of(pages[i].piece), pages[i].times);
		buffer_str(&html, str_of(pages[i].after));
		struct buffer out = clean(buffer_view(&html));
		check_again(STR("much"), buffer_view(&out));
		assert_true(out.len > 0 && out.len < 8 * html.len);
		buffer_free(&out);
		buffer_free(&html);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_contract),
		cmocka_unit_test(test_attacks),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
