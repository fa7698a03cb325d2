"""Ask pip what it makes of each line of the requirements files in a folder.

    python tools/manifests/ask_pip.py fixtures/manifests/requirements > FILE

Run by a Python that has pip (26.3 gave the answers that are kept). Each logical line is asked for
alone, so that a bad one does not hide the rest. Nothing is installed or fetched.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pip
from pip._internal.req import req_file
from pip._internal.req.constructors import install_req_from_editable, install_req_from_line
from pip._vendor.packaging.utils import canonicalize_name


def answers(path: Path) -> Any:
    """For each logical line: its number, and what pip says; or why the file cannot be decoded."""
    try:
        text = vars(req_file)["_decode_req_file"](path.read_bytes(), str(path))
    except (UnicodeDecodeError, LookupError) as error:
        return {"error": type(error).__name__}
    parse = req_file.get_line_parser(None)
    found = []
    for number, line in req_file.preprocess(text):
        try:
            args, options = parse(line)
            answer = _line(args, options)
        except Exception as error:  # pip lets some through from packaging
            answer = {"error": str(getattr(error, "msg", error)).splitlines()[0]}
        found.append({"line": number, **answer})
    return found


def _line(args: str, options: Any) -> dict[str, Any]:
    if args:
        one = install_req_from_line(args)
    elif options.editables:
        one = install_req_from_editable(options.editables[0])
    elif options.requirements:
        return {"requirements": options.requirements[0]}
    elif options.constraints:
        return {"constraints": options.constraints[0]}
    else:
        return {"options": True}
    marker = one.markers if one.req is None or one.markers else one.req.marker
    hashes = getattr(options, "hashes", None) or {}
    return {
        "name": canonicalize_name(one.req.name) if one.req else "",
        "specifier": str(one.req.specifier) if one.req else "",
        "extras": sorted(canonicalize_name(extra) for extra in one.extras),
        "marker": str(marker) if marker else "",
        "link": bool(one.link),
        "hashes": sorted(f"{kind}:{value}" for kind, values in hashes.items() for value in values),
    }


def main() -> None:
    folder = Path(sys.argv[1])
    here = os.getcwd()
    os.chdir(folder)
    files = sorted(path for path in Path().rglob("*") if path.is_file())
    found = {path.as_posix(): answers(path) for path in files}
    os.chdir(here)
    json.dump({"pip": pip.__version__, "files": found}, sys.stdout, indent=1, ensure_ascii=True)
    print()


if __name__ == "__main__":
    main()
