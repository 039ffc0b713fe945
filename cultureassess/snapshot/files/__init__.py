"""Answer files: one CSV for the inside, one for the customers."""

from cultureassess.snapshot.files.errors import FileError
from cultureassess.snapshot.files.reading import FileAnswers, read_sides
from cultureassess.snapshot.files.writing import write_side

__all__ = ["FileAnswers", "FileError", "read_sides", "write_side"]
