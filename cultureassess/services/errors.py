"""What a person can bring about. Each error carries the sentence that says so, and how to go on."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus


class DomainError(Exception):
    """Base of all errors that a person causes; one handler per boundary turns them into a page or a line."""

    status = HTTPStatus.BAD_REQUEST
    """What a page answers, unless it has words of its own for the error."""


class LinkUnknown(DomainError):
    """No link has this token: mistyped, cut off, revoked or never made. All look the same from outside."""

    def __init__(self) -> None:
        super().__init__("This link is not valid. Please check that it was copied whole.")


class LinkRevoked(DomainError):
    """The link was good once, and whoever sent it has withdrawn it."""

    def __init__(self) -> None:
        super().__init__("This link has been withdrawn. Please ask whoever sent it for a new one.")


class LinkMissing(DomainError):
    """A page of the questionnaire was asked for without having come through a link."""

    def __init__(self) -> None:
        super().__init__("Please open the questionnaire by the link that you were sent.")


class LinkReplaced(DomainError):
    """A part was sent from a tab whose questionnaire is not the one that this browser opened last."""

    def __init__(self) -> None:
        super().__init__("Another questionnaire was opened in this browser. Please open your link again.")


class AlreadySent(DomainError):
    """Answers of this link, or of this browser on an open link, are stored already."""

    def __init__(self) -> None:
        super().__init__("Your answers have been received already.")


class WaveNotOpen(DomainError):
    """The wave does not take answers: not yet, or not any more."""

    def __init__(self) -> None:
        super().__init__("This questionnaire is not open for answers.")


class WaveNotYetOpen(WaveNotOpen):
    """The first day is still to come: ``opens_on``, where it is known."""

    def __init__(self, opens_on: dt.date | None) -> None:
        super().__init__()
        self.opens_on = opens_on


class CodeNeeded(DomainError):
    """The open link asks for its access code before anything else."""

    def __init__(self) -> None:
        super().__init__("This questionnaire asks for an access code.")


class CodeWrong(DomainError):
    """Another access code than the link's."""

    def __init__(self) -> None:
        super().__init__("This is not the code.")


class CodeLocked(DomainError):
    """Too many wrong codes were typed at this link; try again in ``minutes``."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many wrong codes. Try again in {minutes} minutes.")
        self.minutes = minutes


class WaveRefused(DomainError):
    """A wave cannot be made or opened as it stands; the sentence says why."""
