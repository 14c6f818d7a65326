"""The rules of the house, held by machine (docs/decisions and CONTRIBUTING.md say why)."""
