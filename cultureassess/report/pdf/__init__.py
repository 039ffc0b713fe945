"""The gap report as a PDF: tagged (PDF/UA-1), the same bytes for the same snapshot."""

from cultureassess.report.pdf.render import ReportUnavailable, render_html, render_pdf

__all__ = ["ReportUnavailable", "render_html", "render_pdf"]
