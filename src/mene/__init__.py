"""Mene reads the reporting on a conflict as a careful analyst does, and keeps the picture."""

__version__ = "0.1.0"
