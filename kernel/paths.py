"""Where the project keeps its files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "kernel" / "tables"
MODELS = ROOT / "bot" / "models"
