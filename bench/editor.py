"""How long a writer waits in an editor: from a key to what is then shown, by a client over standard input and output.

usage: python bench/editor.py [ARTICLE] [--keys N] [--pause SECONDS]
ARTICLE is one of examples/ by default, some 600 words. Keys are typed one by one, each a moment after the other: in the
middle of the article, in a paragraph in which rules need the language model. Prints milliseconds, median and 95th
percentile, to what is shown first, and to what is whole, with the language rules; and the ratio to one check of the
article in a process that has everything ready. The server runs with the store for rules, as editors run it.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from measured import EDLINT

from edlint import Linter

ARTICLE = Path(__file__).parent.parent / "examples" / "council-vote.md"
TYPED = "They paid $4 million for 31 houses, up 12 percent"
GOALS = {"first shown": 50, "whole": 300}  # milliseconds


class Client:
    """An editor that does nothing but talk to the server, in the plainest way."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [EDLINT, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.heard: Queue[tuple[float, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def say(self, method: str, params: Any, number: int | None = None) -> float:
        """Sends a message; gives when."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else {**message, "id": number}).encode()
        assert self._process.stdin
        began = time.perf_counter()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()
        return began

    def _listen(self) -> None:
        out = self._process.stdout
        assert out
        while headers := b"".join(iter(lambda: out.readline().strip(b"\r\n"), b"")):
            length = int(re.search(rb"Content-Length: (\d+)", headers)[1])  # type: ignore[index]
            message = json.loads(out.read(length))
            self.heard.put((time.perf_counter(), message))

    def shown(self, version: int, pause: float) -> Iterator[tuple[float, Any]]:
        """Gives when something was shown of a version, and what, until nothing comes for some seconds."""
        wait = 60.0
        while True:
            try:
                when, message = self.heard.get(timeout=wait)
            except Empty:
                return
            if (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"].get("version") == version
            ):
                wait = pause
                yield when, message["params"]["diagnostics"]

    def end(self) -> None:
        """Leaves as editors do."""
        self.say("shutdown", None, 2)
        self.say("exit", None)
        self._process.wait(10)


def main() -> None:
    """Types, and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("article", nargs="?", type=Path, default=ARTICLE)
    arguments.add_argument("--keys", type=int, default=30)
    arguments.add_argument("--pause", type=float, default=0.4)
    asked = arguments.parse_args()
    text = asked.article.read_text(encoding="utf-8")
    uri = asked.article.resolve().as_uri()
    client = Client()
    began = client.say("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    client.heard.get()
    client.say("initialized", {})
    item = {"uri": uri, "languageId": "markdown", "version": 0, "text": text}
    client.say("textDocument/didOpen", {"textDocument": item})
    opened = [when for when, _ in client.shown(0, 4)]
    print(
        f"{len(text.split())} words; from the start of the server, {1000 * (opened[0] - began):.0f} ms to what is shown"
    )
    print(f"first, {1000 * (opened[-1] - began):.0f} ms to what is whole")
    at = text.index("\n\n", len(text) // 2)
    found: dict[str, list[float]] = {name: [] for name in GOALS}
    for number in range(1, asked.keys + 1):
        new = f"{text[:at]} {TYPED[:number]}{text[at:]}"
        version = {"uri": uri, "version": number}
        began = client.say("textDocument/didChange", {"textDocument": version, "contentChanges": [{"text": new}]})
        shown = [when for when, _ in client.shown(number, asked.pause)]
        found["first shown"].append(1000 * (shown[0] - began))
        found["whole"].append(1000 * (shown[-1] - began))
    client.end()
    alone = _alone(text, str(asked.article))
    print(
        f"{'':14}{'median':>8}{'95 %':>8}{'most':>8}{'goal':>8}   ms; median / one check in a process, {alone:.1f} ms"
    )
    for name, times in found.items():
        middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:14}{middle:8.1f}{high:8.1f}{max(times):8.1f}{GOALS[name]:8d}   {middle / alone:.1f}")


def _alone(text: str, path: str) -> float:
    """Milliseconds that one check of the article takes in a process that has made it ready."""
    linter = Linter()
    times = []
    for number in range(12):
        began = time.perf_counter()
        linter.check_text(f"{text}\n\n{'x' * number}", path)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[2:])


if __name__ == "__main__":
    sys.exit(main())
