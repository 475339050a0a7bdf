"""PDF documents for tests, written by hand: lines of text at places, in the fonts that every reader has."""

from __future__ import annotations

from dataclasses import dataclass, field

FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}
_WINANSI = "cp1252"


def _escaped(text: str) -> bytes:
    words = text.encode(_WINANSI)
    return words.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


@dataclass
class Sheet:
    """A page that is being set; `y` is where the next line goes."""

    width: float = 612
    height: float = 792
    y: float = 0
    parts: list[bytes] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float = 10, font: str = "roman") -> None:
        name = b"/" + font.encode()
        self.parts.append(b"BT %b %g Tf 1 0 0 1 %g %g Tm (%b) Tj ET" % (name, size, x, y, _escaped(text)))
        self.y = y

    def lines(self, x: float, y: float, texts: list[str], size: float = 10, leading: float = 12) -> None:
        for n, text in enumerate(texts):
            self.put(x, y - n * leading, text, size)

    def paragraph(self, texts: list[str], *, indent: float = 147, left: float = 123, gap: float = 18) -> None:
        """Lines below the last one: the first indented, 6 points apart from what stands above."""
        self.put(indent, self.y - gap, texts[0])
        for text in texts[1:]:
            self.put(left, self.y - 12, text)

    def marked(self, x: float, y: float, before: str, mark: str, after: str, at: float) -> None:
        """A line with a raised mark; `at` is where the words after it begin."""
        self.put(x, y, before)
        self.put(at - 2.5 - 3.25 * len(mark), y + 3.5, mark, 6.5)
        self.put(at, y, after)

    def note(self, y: float, mark: str, text: str) -> None:
        self.put(117, y + 3, mark, 5.5)
        self.put(123, y, text, 8.5)

    def draw_rule(self, y: float) -> None:
        self.parts.append(b"99 %g m 171 %g l S" % (y, y))

    def picture(self) -> None:
        """An image over the whole page, as a scanner makes it."""
        self.parts.append(
            b"q %g 0 0 %g 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q" % (self.width, self.height)
        )


def document(sheets: list[Sheet], trailer: bytes = b"") -> bytes:
    """The pages as a PDF; `trailer` are further entries of its trailer."""
    fonts = b" ".join(
        b"/%b << /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>"
        % (name.encode(), base.encode())
        for name, base in FONTS.items()
    )
    kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(len(sheets)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(sheets))]
    for n, sheet in enumerate(sheets):
        frame = b"[0 0 %g %g]" % (sheet.width, sheet.height)
        resources = b"/Resources << /Font << %b >> >>" % fonts
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox %b %b /Contents %d 0 R >>" % (frame, resources, 4 + 2 * n)
        )
        content = b"\n".join(sheet.parts)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects as a file with its table."""
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
