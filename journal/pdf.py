"""
A conversation as a PDF people can read, on paper or with a screen reader: French, tagged headings and paragraphs.

fpdf2 tags only pictures by itself; `TaggedPdf` adds the headings and paragraphs of the structure tree. Lines are cut at
page ends between tags, because a tag may not span two pages.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue

from journal.entries import Conversation, Entry
from journal.transcript import author_of, text_of
from kernel.errors import SettingsError
from kernel.french import NBSP, clock_time, day, moment
from kernel.organisation import Organisation

_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF", "/Library/Fonts")
_REGULAR, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
_LINE_MM, _MARGIN_MM = 5.2, 20
_MISSING = "□"
_GREY = 90


class TaggedPdf(FPDF):  # type: ignore[misc]  # fpdf2 is read as untyped (pyproject.toml)
    """An A4 document in French whose headings and paragraphs a screen reader can tell apart."""

    def __init__(self, title: str, reference: str, at: datetime) -> None:
        """*title* names the window, *reference* stands at the foot of each page, *at* is its date."""
        super().__init__(format="A4")
        folder = font_folder()
        self.add_font("dejavu", "", folder / _REGULAR)
        self.add_font("dejavu", "B", folder / _BOLD)
        self.reference, self._marks = reference, Counter[int]()
        self._known = frozenset(self.fonts["dejavu"].cmap)
        self.set_title(title)
        self.set_lang("fr-FR")
        self.set_creation_date(at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM)
        self.add_page()

    def footer(self) -> None:
        """Write reference and page number, outside what is read aloud."""
        self._out("/Artifact BMC")
        self.set_y(-15)
        self.set_font("dejavu", size=8)
        self.set_text_color(_GREY)
        self.cell(0, 5, f"{self.reference} — page {self.page_no()}", align="C")
        self._out("EMC")

    def heading(self, level: int, text: str) -> None:
        """Write a heading, which also stands in the document's outline."""
        self.ln(2)
        self.start_section(self._shown(text), level=level - 1)
        self._write(f"H{level}", text, size=16 if level == 1 else 12, style="B")
        self.ln(1)

    def paragraph(self, text: str, *, style: str = "", size: float = 10, grey: bool = False) -> None:
        """Write a paragraph; line ends in *text* are kept."""
        self._write("P", text, size=size, style=style, grey=grey)

    def _write(self, tag: str, text: str, *, size: float, style: str = "", grey: bool = False) -> None:
        self.set_font("dejavu", style, size)
        self.set_text_color(_GREY if grey else 0)
        height = _LINE_MM * max(size / 10, 1)
        lines = self.multi_cell(0, height, self._shown(text), dry_run=True, output=MethodReturnValue.LINES, align="L")
        while lines:
            if self.will_page_break(height):
                self.add_page()
            fitting = max(1, int((self.page_break_trigger - self.y) / height))
            with self._tagged(tag):
                for line in lines[:fitting]:
                    self.cell(0, height, f"{line} ", new_x="LMARGIN", new_y="NEXT")  # read aloud, lines must not stick
            lines = lines[fitting:]

    @contextmanager
    def _tagged(self, tag: str) -> Iterator[None]:
        mark = self._marks[self.page]
        self._marks[self.page] += 1
        self._add_marked_content(struct_type=f"/{tag}", mcid=mark)
        self._out(f"/{tag} <</MCID {mark}>> BDC")
        yield
        self._out("EMC")

    def _shown(self, text: str) -> str:
        """Show a box for what the font lacks (emoji): nothing disappears without a trace."""
        return "".join(one if ord(one) in self._known or one == "\n" else _MISSING for one in text.replace("\t", " "))


def conversation_pdf(conversation: Conversation, entries: list[Entry], organisation: Organisation, *, key_id: str, at: datetime) -> bytes:
    """Give the PDF of a conversation exported at the moment *at*; it holds the head, the count and the key's name."""
    zone = organisation.timezone
    title = f"Conversation du {day(conversation.created_at.astimezone(zone).date())}"
    pdf = TaggedPdf(f"{title} — {organisation.name}", f"{organisation.short_name} · {conversation.id}", at)
    pdf.heading(1, title)
    pdf.paragraph("\n".join(_facts(conversation, organisation, key_id, at)))
    for on, of_the_day in groupby(entries, key=lambda entry: entry.moment.astimezone(zone).date()):
        pdf.heading(2, day(on).capitalize())
        for entry in of_the_day:
            _write_entry(pdf, entry, zone)
    pdf.heading(2, "Vérifier ce document")
    pdf.paragraph(
        "Ce PDF accompagne un fichier JSON signé, qui contient les mêmes entrées et leur preuve. La commande "
        f"«{NBSP}assistant journal verify{NBSP}», avec la clé publique de l'assureur, dit si une entrée a été modifiée, retirée ou déplacée.")
    return bytes(pdf.output())


def _facts(conversation: Conversation, organisation: Organisation, key_id: str, at: datetime) -> list[str]:
    zone = organisation.timezone
    facts = {
        "Assureur": organisation.name, "Référence": conversation.id, "Objet": conversation.subject,
        "Ouverte": moment(conversation.created_at, zone), "Exportée": moment(at, zone),
        "Nombre d'entrées": str(conversation.last_number), "Empreinte finale": conversation.head, "Clé de signature": key_id,
    }
    return [f"{name}{NBSP}: {value}" for name, value in facts.items() if value]


def _write_entry(pdf: TaggedPdf, entry: Entry, zone: ZoneInfo) -> None:
    pdf.ln(1.5)
    pdf.paragraph(f"{entry.number} · {clock_time(entry.moment, zone)} · {author_of(entry)}", style="B", size=9, grey=True)
    pdf.paragraph(text_of(entry))


def font_folder() -> Path:
    """Find DejaVu Sans: among the fonts matplotlib ships (so the same everywhere), then the system's; SettingsError."""
    matplotlib = importlib.util.find_spec("matplotlib")
    shipped = [Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf"] if matplotlib and matplotlib.origin else []
    for folder in (*shipped, *map(Path, _FOLDERS)):
        if (folder / _REGULAR).exists() and (folder / _BOLD).exists():
            return folder
    raise SettingsError("La police DejaVu Sans est introuvable (paquet fonts-dejavu-core).")
