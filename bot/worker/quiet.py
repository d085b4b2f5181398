"""Rasa without its noise: no telemetry, no debug events that print members' words, no TensorFlow chatter. Imported first, by the package."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

from kernel.logs import configure_logs

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
# Rasa's dependencies reset the filters while they are imported, hundreds of warnings about their own age follow: an
# operator can do nothing about them.
warnings.showwarning = lambda *_, **__: None


class _NoTraceback(logging.Filter):
    """Rasa logs whole tracebacks, whose messages may quote a member; the worker says what failed in its own words."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        return record.levelno >= logging.ERROR


def quieten() -> None:
    """Set Rasa's loggers; call once before loading or training a model."""
    if not structlog.is_configured():  # by default structlog prints every debug event, members' words included
        configure_logs("WARNING")
    for name in ("rasa", "rasa_sdk", "apscheduler", "matplotlib", "tensorflow", "absl"):
        logging.getLogger(name).setLevel(logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_NoTraceback())
