"""Services that run a project's jobs: one reader a service, each from its file to `Job`s.

What the jobs install is put into a manifest by `installing`, what they set by `setting`.
"""
