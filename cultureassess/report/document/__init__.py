"""The gap report as data: everything that a template prints, computed and worded.

Templates compute nothing; a page of the web interface may use the same parts.
"""

from cultureassess.report.document.build import Document, document

__all__ = ["Document", "document"]
