"""Numbers, words, lines and bytes that readers of text files stumble over."""

_NUMBERS = """
0 -0 1 -1 +3 .5 5. 1e3 1e999 -1e999 1e-400 0.1e+2 012 0x1f 0o17 0b1 1_000 1,5 1,500 30% 1/2 1:30 .nan NaN inf -.inf Infinity 1e --1 1.2.3
120 1200 1201 2.5 2e1 1e9 18446744073709551616 1.e1 e5 ٣ ٣٫٥ １２ −1 ² ½ Ⅷ
"""
NUMBERS = (*_NUMBERS.split(), "30 %", "1\u202f000", "1\u00a0000", "1 2", "9" * 400, "0" * 50, "0." + "3" * 300)
_WORDS = """
null ~ true NO yes on Off y '' "" [] {} [1] [[]] *a !x << | > % @ ` #1 ' " 'x "x "\\q" "\\x41" "\\U99999999" "\\ud800" { } [ ] , : - . ..
set events extends month until because scale add range value unit grade source parameters start groups months question basis report assumed
baseline mine ../baseline /etc/passwd israel.strike_rate israel israel. start.coffers a.b.c nan con {{}} a:b
2022-02 2021-06 2015-09 0000-01 9999-12 2022-13 2022-2 2022-02-01 2022–02 \\ \\n 漢字 🙂
"""
WORDS = (
    *_WORDS.split(),
    *("' '", "{a: 1}", "[0.5, 4]", "[4, 0.5]", "? x", "- x", "&a x", "!!int 3", "| x", "# x", "a: b", "\t", " \t", "x" * 300, "x" * 2100),
    *("\u202ex", "\u0085", "\u2028", "\ufeff", "\x1b[31m", "\x07", "é" * 90),
)
_LINES = """
---
...
%YAML 1.2
%TAG ! x
set: {}
set:
events: []
- {}
?
: x
extends: mine
extends: baseline
months: 6
months: 1200
start: 2015-09
start: 2021-06
question: x
basis: report
because: x
parameters: {}
&a b: *a
<<: {}
\tx: 1
  israel.strike_rate: 3
  russia.means.budget: {scale: 2}
  - month: 2022-02
    until: 2023-01
# x
{
[
'
"
"""
LINES = ("", "   ", *_LINES.strip("\n").split("\n"))
BYTES = (
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\x80",
    b"\x1b",
    b"\x7f",
    b"\x85",
    b"\r",
    b"\t",
    b"\n",
)
ENCODINGS = ("utf-16", "utf-32", "utf-16-be", "utf-8-sig", "latin-1", "cp500")
