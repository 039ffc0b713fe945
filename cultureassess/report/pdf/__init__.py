"""The gap report as a PDF: tagged (PDF/UA-1), the same bytes for the same snapshot."""

from cultureassess.report.pdf.render import Order, ReportUnavailable, render_html, render_order, render_pdf

__all__ = ["Order", "ReportUnavailable", "render_html", "render_order", "render_pdf"]
