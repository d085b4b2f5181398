"""
Every error we raise on purpose.

* ServiceError             anything a caller may want to tell a person about
  + Refused                understood and not allowed                400
    - Malformed            cannot be understood                      400
    - SignInNeeded         no proof of who is asking, or expired     401
    - Forbidden            known, and not allowed                    403
    - NotFound                                                       404
    - Conflict             the world has moved since                 409
      . StaleFloor         written with an old fencing number
      . StaleTurn          the claim was lost before the commit
    - TooLarge                                                       413
    - TooMany              slow down                                 429
  + Unavailable            a system we need did not answer           503, may be tried again
* SettingsError            the process cannot start; the message says what to do
"""


class ServiceError(Exception):
    """*code* is stable and public; the French sentence for a person is chosen at the edge."""

    code, status = "internal", 500

    def __init__(self, detail: str = "") -> None:
        """*detail* is for developers: it must never hold a member's words."""
        super().__init__(detail or self.code)
        self.detail = detail


class Refused(ServiceError):
    """Understood and not allowed."""

    code, status = "refused", 400


class Malformed(Refused):
    """Cannot be understood: *detail* names the field and what it should be."""

    code, status = "malformed", 400


class SignInNeeded(Refused):
    """No proof of who is asking, or an expired one."""

    code, status = "sign_in_needed", 401


class Forbidden(Refused):
    """Known, and not allowed."""

    code, status = "forbidden", 403


class NotFound(Refused):
    """Does not exist, or the asker may not know that it does."""

    code, status = "not_found", 404


class Conflict(Refused):
    """The world has moved since the asker looked."""

    code, status = "conflict", 409


class StaleFloor(Conflict):
    """Somebody else holds the floor now: what was written with the old fencing number is refused."""

    code = "stale_floor"


class StaleTurn(Conflict):
    """The claim on a turn expired, or another worker took it, before the commit."""

    code = "stale_turn"


class TooLarge(Refused):
    """More than we accept at once."""

    code, status = "too_large", 413


class TooMany(Refused):
    """Too often: *retry_after* seconds from now it will be accepted again."""

    code, status = "too_many", 429

    def __init__(self, retry_after: float) -> None:
        """*retry_after*: seconds."""
        super().__init__(f"retry after {retry_after:.0f} s")
        self.retry_after = retry_after


class Unavailable(ServiceError):
    """A system we need did not answer; the same request may be tried again later."""

    code, status = "unavailable", 503


class SettingsError(Exception):
    """The process cannot start as configured; the message is a sentence for an operator, in French."""
