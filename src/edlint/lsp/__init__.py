"""`edlint lsp`: edlint in an editor, by the Language Server Protocol. The only door to pygls and lsprotocol.

`messages` are what a client says and asks, `server` answers; `documents` has the check of each version of a document,
`houses` the configurations, `parses` what was parsed; `diagnostics` and `actions` are what an editor shows of findings,
`places` where. Standard output belongs to the protocol: what anything else prints goes to standard error.
"""

import os
import sys


def serve(config: str | None = None, cache: bool = True) -> int:
    """Serves a client over standard input and output until it goes, and gives the exit code.

    `config` is the configuration that holds instead of those found; with `cache` rules made ready are kept.
    """
    import gc
    import logging

    from edlint.lsp.houses import Houses
    from edlint.lsp.messages import server
    from edlint.store import Store, cache_folder

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="edlint: %(message)s")
    gc.set_threshold(100_000, 50, 100)  # looking for cycles in all rules again and again is felt while typing
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serving = server(Houses(config, Store(cache_folder() / "rules") if cache else None))
    serving.start_io(sys.stdin.buffer, out)
    serving.stop()
    return 0 if serving.is_shut or not serving.is_told_to_exit else 1
