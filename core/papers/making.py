"""Papers as files. What makes them takes much memory, so it is loaded with the first paper only."""

from core.papers.model import Paper


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    from core.papers.pdf import pdf_of

    return pdf_of(paper)


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    from core.papers.docx import docx_of

    return docx_of(paper)
