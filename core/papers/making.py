"""Papers as files. What makes them takes much memory, so it is loaded with the first paper only."""

from core.papers.model import Chart, Paper, Poster, Workbook


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    from core.papers.pdf import pdf_of

    return pdf_of(paper)


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    from core.papers.docx import docx_of

    return docx_of(paper)


def as_poster(poster: Poster) -> bytes:
    """The poster as a PDF file."""
    from core.papers.poster import poster_of

    return poster_of(poster)


def as_png(chart: Chart) -> bytes:
    """The chart as a PNG file."""
    from core.papers.charts import png_of

    return png_of(chart)


def as_xlsx(workbook: Workbook) -> bytes:
    """The workbook as an XLSX file."""
    from core.papers.xlsx import xlsx_of

    return xlsx_of(workbook)
