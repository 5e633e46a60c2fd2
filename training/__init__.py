"""Builds the reader model and the base rates from open corpora; never imported by the package."""
