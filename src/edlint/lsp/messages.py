"""What a client says and asks, one function a message, each under its method in `FEATURES`.

A newcomer would make these methods of the server; pygls registers functions, and hands them the server as `ls`.
"""

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from edlint.lsp.actions import KINDS, SHOW_REASON
from edlint.lsp.houses import Houses
from edlint.lsp.server import Server


def server(houses: Houses) -> Server:
    """Gives a server that answers."""
    made = Server(houses)
    for method, answer in _FEATURES.items():
        made.feature(method, _OPTIONS.get(method))(answer)
    made.command(SHOW_REASON)(_show_reason)
    return made


def _initialized(ls: Server, _: types.InitializedParams) -> None:
    ls.watch()
    ls.warm_up()


def _opened(ls: Server, told: types.DidOpenTextDocumentParams) -> None:
    ls.open(told.text_document)


def _changed(ls: Server, told: types.DidChangeTextDocumentParams) -> None:
    ls.change(told.text_document.uri, told.text_document.version, told.content_changes[-1].text)


def _closed(ls: Server, told: types.DidCloseTextDocumentParams) -> None:
    ls.close(told.text_document.uri)


def _look(ls: Server, _: object) -> None:
    ls.look()


async def _actions(ls: Server, asked: types.CodeActionParams) -> list[types.CodeAction]:
    return await ls.actions(asked)


async def _resolved(ls: Server, action: types.CodeAction) -> types.CodeAction:
    return await ls.resolved(action)


async def _hover(ls: Server, asked: types.HoverParams) -> types.Hover | None:
    return await ls.hover(asked)


async def _show_reason(ls: Server, uri: str, comment: str, at: int) -> None:
    await ls.show_reason(uri, comment, at)


def _shutdown(ls: Server, _: None) -> None:
    ls.is_shut = True


def _exit(ls: Server, _: None) -> None:
    ls.is_told_to_exit = True


_FEATURES: dict[str, Callable[..., Any]] = {
    types.INITIALIZED: _initialized,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
    types.TEXT_DOCUMENT_DID_SAVE: _look,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _look,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _look,  # there are no settings but those in files
    types.TEXT_DOCUMENT_CODE_ACTION: _actions,
    types.CODE_ACTION_RESOLVE: _resolved,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.SHUTDOWN: _shutdown,
    types.EXIT: _exit,
}
_OPTIONS = {types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(KINDS, resolve_provider=True)}
