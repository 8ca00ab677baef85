"""The written report: one page of HTML, whole in itself."""

from wedge.engine.report.page.writing import page_of, write_report

__all__ = ["page_of", "write_report"]
