"""The page: the whole picture as one HTML file that opens offline, each value one step from its sentence."""

from mene.report.page.render import render, render_live, write_page

__all__ = ["render", "render_live", "write_page"]
