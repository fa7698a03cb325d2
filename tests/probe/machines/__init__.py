"""Whole machines as the probe sees them: sound ones are silent, of a broken one the root is named.

What stands in the tables is what the published wheels require and what drivers, loaders and
frameworks answer by their documents and by reports of users. No operation ran on any GPU here.
"""
