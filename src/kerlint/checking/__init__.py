"""One run over files: which of them need a closer look, the look itself, and what lies between."""
