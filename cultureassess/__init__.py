"""CultureAssess: what a company believes about its customer focus, beside what its customers say."""

__version__ = "0.1.0"
