"""The consultant's workspace: which waves there are, where each stands, and its next step."""

from cultureassess.web.workspace.views import bp

__all__ = ["bp"]
