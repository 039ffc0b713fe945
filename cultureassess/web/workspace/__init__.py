"""The consultant's workspace: clients, their waves from plan to close, and how field work goes."""

from cultureassess.web.workspace import (
    branding,
    clients,
    first,
    link_pages,
    planner,
    preview,
    settings,
    wave,
)
from cultureassess.web.workspace.blueprint import bp

__all__ = ["bp", "branding", "clients", "first", "link_pages", "planner", "preview", "settings", "wave"]
