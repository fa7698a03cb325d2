"""The releases of the packages around Keras and what they require, out of the package index.

    python -m tools.index                    all packages of packages.tsv: pages, metadata, pack
    python -m tools.index keras numpy        only these; the others stay as they are
    python -m tools.index --pack             the data file anew out of the dump, offline

The index is asked through pip, so that the reader's own settings hold and no address stands here.
Of a wheel only its METADATA is read, by ranges, and kept in the cache: the command can be stopped
and started again. A release that is in the dump already is not read again.

    packages.tsv     the packages, and what is read of each
    overrides.tsv    requirements of releases that have only a source distribution, by hand
    dump/            what came out, one text file a package: the source of the data file, and what
                     a reviewer looks at
"""
