"""Programs that a developer runs; no part of the package."""
