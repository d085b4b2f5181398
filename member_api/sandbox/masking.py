"""Contacts as the insurer shows them: enough to be recognised by their owner, too little to be used. Pure."""

_HIDDEN = "•"


def masked_email(email: str) -> str:
    """Give ``c•••••@courriel.example``; the number of dots tells nothing of the length."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}{_HIDDEN * 5}@{domain}"


def masked_phone(phone: str) -> str:
    """Give ``06 •• •• •• 42``."""
    return f"{phone[:2]}{f' {_HIDDEN * 2}' * 3} {phone[-2:]}"
