"""Scorers for Mene's abilities, one module per name of the evaluation contract (`mene evaluate NAME PATH`)."""
