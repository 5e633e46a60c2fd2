"""Stage 4: what the statements say happened: type, participants, place and time."""
