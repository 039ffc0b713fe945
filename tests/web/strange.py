"""Values that people and programs type into fields (RELIABILITY T.3)."""

# fmt: off
STRANGE = (
    "", " ", "\x00", "a\x00b", "\x01\x1f", "\ud800", "\u202eabc", "\u2066\u2069", "\u200b",
    "e" + "\u0301" * 500, "👩\u200d👩\u200d👧", "مرحبا", "שלום", "客户", "İıIi", "é", "é", "x" * 4001,
    "2147483648", "9223372036854775808", "-1", "1e309", "NaN", "inf", "5.0", "٣", "³", "true", "null", "[]",
    "{}", "[" * 10000, "0", "6", "7", "99", "999", "101", "1000", "+5", "0x5", "1_0", "=cmd|'/c calc'!A0",
    "@SUM(1)", "-1+1", "{{7*7}}", "${7*7}", "%s%n%d", "../../etc/passwd", "file:///etc/passwd",
    "<svg/onload=alert(1)>", "\"><img src=x onerror=alert(1)>", "a\r\nBcc: x@example.org",
    "javascript:alert(1)", "data:text/html,x", "' OR 1=1 --", "d", "DD", "D ", "\tD", "executive", "on",
    "undefined", "\x7f", "\x85", "\ufeff", "\u2028", "\u2029", "\ufffe", "\udfff", "\U0010ffff", "\ue000",
    "\xad", "\t", "\n", "\r", "\x0b", "\x0c", "\u3000", "\xa0", "ß", "ﬁ", "Ω", "ﷺ", "𝟓", "５", "१", "²", "½",
    "Ⅴ", "一", "-0", "0.5", "5,0", "1e3", "5e0", "05", "0005", "1 000", "2**31", "4294967296",
    "18446744073709551616", "-2147483649", "9" * 400, "0b101", "0o5", "∞", "-inf", "nan", "None",
    "null\x00", "undefined;", "True", "False", "yes", "[5]", "(5)", "{\"a\":1}", "\"5\"", "'5'", "5;",
    "5--", "5/*", "5 OR 1=1", "\\", "\\0", "\\u0000", "%00", "%0d%0a", "%", "%%", "%(number)s", "{0}",
    "{ORG}", "{PERIOD}", "#{7*7}", "<%= 7*7 %>", "$(id)", "`id`", "| id", "; id", "&& id", "\x1b[31m",
    "<!--", "]]>", "<script>", "&lt;", "&#0;", "&amp;amp;", "?lang=de", "../", "..%2f", "C:\\",
    "\\\\host\\share", "http://example.org", "mailto:x@example.org", "a@b", "stay", "back", "next", "lang-",
    "lang-xx", "elsewhere", "partner", "RG1", "1" * 4000,
)
# fmt: on
