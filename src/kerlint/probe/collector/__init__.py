"""The parts of the one file that the examined interpreter runs; `probe/bundle` joins them.

Python 3.8, the standard library alone, no import from the rest of kerlint. The names at module
level are unique over all parts, since they end up side by side. What a part cannot read it says
with `Gaps.add` and goes on: one unreadable folder must not hide the others.

`answering`  the answer, as JSON with a nonce, without the `json` that somebody may have replaced
`startup`    what one start of the interpreter finds: sys.path, `site`, the modules already there
`static`     everything that is read from files, put together from the parts below
`interpreter`, `paths`, `pth`, `metadata`, `records`, `distributions`, `modules`, `shadows`,
`claims`, `keras_config`, `builds`, `surroundings`, `gpu_files`, `gpu_libraries`
`calls`      the driver's libraries, called step by step
`observing`  starts all of these in children and puts their answers together
`by_hand`    the command line of the file, where it is copied somewhere and run
"""
