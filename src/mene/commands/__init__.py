"""What the commands do, one module for each group; `mene.cli` declares them and imports these when one is called."""
