"""The register of the project."""

from provenance.project_copy import register

__all__ = ["register"]
