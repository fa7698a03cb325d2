"""Asks the tools that manifests are for what they make of the fixtures, and keeps the answers."""
