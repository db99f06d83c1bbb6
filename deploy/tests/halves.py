"""The two images: their names, and the folders that they are built from."""

from pathlib import Path

DEPLOY = Path(__file__).parents[1]
HALVES = {"dott-api": "backend/pyfactor", "dott-frontend": "frontend/pyfactor_next"}
