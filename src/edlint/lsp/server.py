"""The server: open documents, who checks them, and what is told and answered.

Nothing is checked in the event loop. One thread hears the rules, another parses, so that what can be said at once does
not wait for the parser; the loop says which of both is to do what. A newcomer would let the client send pieces of text
that changed: articles are small, and a whole text cannot come apart from the editor's.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from edlint import __version__, passage
from edlint.errors import EdlintError
from edlint.finding import Problem
from edlint.lsp import diagnostics
from edlint.lsp.actions import Able, Actions, place_of_reason
from edlint.lsp.documents import Heard, Hearing, Open, OvertakenError
from edlint.lsp.houses import WATCHED, Houses
from edlint.lsp.places import Text

T = TypeVar("T")
_ENDINGS = {"markdown": ".md", "plaintext": ".txt", "html": ".html"}  # of documents that are no files yet
_UNNAMED = "untitled"
_A_MOMENT = 1.0  # seconds in which editors open what was open before


class Server(LanguageServer):
    """A language server for articles."""

    def __init__(self, houses: Houses) -> None:
        """Takes the configurations that articles are checked by."""
        super().__init__("edlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, max_workers=2)
        self._houses = houses
        self._documents: dict[str, Open] = {}
        self._rules = ThreadPoolExecutor(1, "rules")
        self._language = ThreadPoolExecutor(1, "language")
        self._told = set[str]()
        self._standing = set[str]()  # what is wrong with the configurations, and has been told
        self._broken: dict[str, list[types.Diagnostic]] = {}  # what is shown of files that articles depend on
        self._tasks = set[asyncio.Task[None]]()
        self.is_shut, self.is_told_to_exit = False, False

    # --- What a document goes through ---------------------------------------------------------------------------------

    def open(self, item: types.TextDocumentItem) -> None:
        """Takes a document that was opened, unless it is none that an article could be in."""
        path = self._path(item)
        if path:
            self._documents[item.uri] = Open(item.uri, path, item.version, self._text(item.text))
            self._begin(self._documents[item.uri], is_new=True)

    def change(self, uri: str, version: int, text: str) -> None:
        """Takes the text of a document after a change."""
        if document := self._documents.get(uri):
            document.version, document.text = version, self._text(text)
            self._begin(document)

    def close(self, uri: str) -> None:
        """Forgets a document, and what is shown of it."""
        if document := self._documents.pop(uri, None):
            document.hearing = None
            if document.task:
                document.task.cancel()  # which stops it even where what it waits for is there: nothing more is shown
            document.is_told.set()
            self._publish(uri, [])

    def look(self) -> None:
        """Reads configurations again that have changed, and checks what they hold for."""

        async def seen() -> None:
            try:
                await self._look()
                await self._show_problems()
            except Exception as error:  # as below
                self.tell_fault("the configuration", error)

        self._start(seen())

    def warm_up(self) -> None:
        """Makes rules ready while the first document is opened, and then, before anybody needs it, the language model.

        Both at once would have the first document wait for the model.
        """
        path = os.path.join(self._root(), f"{_UNNAMED}.md")

        async def ready() -> None:
            try:
                house = await self._in(self._rules, lambda: self._houses.of(path))
                await asyncio.sleep(_A_MOMENT)
                if house.linter:
                    parses = self._houses.parses(house.linter.config)
                    await self._in(self._language, lambda: parses.docs(("",)))
            except Exception:  # which whoever needs it will meet again, and tell
                return

        self._start(ready())

    def _path(self, item: types.TextDocumentItem) -> str | None:
        """The path that a document is checked under; None for one of which nobody can tell."""
        path = uris.to_fs_path(item.uri)
        if path:
            return path
        if uris.uri_scheme(item.uri) not in ("file", "untitled") or item.language_id not in _ENDINGS:
            return None
        name = Path(item.uri.partition(":")[2]).name or _UNNAMED
        return os.path.join(self._root(), name + _ENDINGS[item.language_id])

    def _root(self) -> str:
        folders = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        return uris.to_fs_path(folders[0]) or os.getcwd()

    def _text(self, text: str) -> Text:
        return Text(text, self._encoding)

    @property
    def _encoding(self) -> str:
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    def _begin(self, document: Open, *, is_new: bool = False) -> None:
        """Begins to check the version that is there now, and stops the check of the one before."""
        if document.task:
            document.task.cancel()
        document.is_told.clear()
        document.hearing = Hearing(document, self._houses)
        document.task = self._start(self._check(document, document.hearing, is_new=is_new))

    async def _check(self, document: Open, hearing: Hearing, *, is_new: bool) -> None:
        """Checks a version in two steps, of which the second may not be needed, and shows what comes of each."""
        try:
            if is_new or self._houses.is_due:
                look = self._start(self._look(besides=document))
                await asyncio.shield(look)  # which has others to check, too, whatever becomes of this version
            heard = await self._in(self._rules, hearing.first)
            self._show(document, heard)
            while not heard.is_whole:
                await self._in(self._language, hearing.parse)
                heard = await self._in(self._rules, hearing.next)
                self._show(document, heard)
            await self._show_problems(heard.others)
        except OvertakenError:
            return
        except Exception as error:  # a fault of edlint's own must not cost a writer the editor's help
            self.tell_fault(document.path, error)
        finally:
            if document.hearing is hearing:
                document.is_told.set()

    async def _look(self, *, besides: Open | None = None) -> None:
        """Looks what has become of the configurations, and checks again what was checked by others than hold now."""
        documents = list(self._documents.values())

        def outdated() -> list[Open]:
            self._houses.look()
            return [one for one in documents if one.house and one.house is not self._houses.of(one.path)]

        found = await self._in(self._rules, outdated)
        if found:
            self._told.clear()
        for document in found:
            if document is not besides and self._documents.get(document.uri) is document:
                self._begin(document)

    async def _in(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # which the loop itself holds but weakly
        task.add_done_callback(self._tasks.discard)
        return task

    # --- What is shown ------------------------------------------------------------------------------------------------

    def _show(self, document: Open, heard: Heard) -> None:
        shown = list(diagnostics.diagnostics(document, heard))
        self._publish(document.uri, shown, heard.version)
        document.is_told.set()

    def _publish(self, uri: str, shown: list[types.Diagnostic], version: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))

    async def _show_problems(self, others: Sequence[Problem] = ()) -> None:
        """Tells problems once, and shows those of configurations and rules in their files until they are mended."""
        problems = await self._in(self._rules, lambda: self._houses.problems)
        shown = diagnostics.of_files(problems, self._encoding)
        for uri in {**self._broken, **shown}:
            if self._broken.get(uri) != shown.get(uri):
                self._publish(uri, shown.get(uri, []))
        self._broken = shown
        standing = dict.fromkeys(map(str, problems))
        new = [told for told in standing if told not in self._standing]
        new += (told for told in map(str, others) if told not in standing and told not in self._told)
        self._standing = set(standing)
        self._told.update(map(str, others))
        for told in new:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"edlint: {told}"))

    def tell_fault(self, what: str, error: Exception) -> None:
        """Tells what went wrong in the client's log, once: a fault of edlint's own, unless it is one for users."""
        told = f"{what}: {error}"
        if not isinstance(error, EdlintError):
            where = "".join(f", in {frame.name}, line {frame.lineno}" for frame in extract_tb(error.__traceback__)[-1:])
            told = f"failed on {what} ({type(error).__name__}: {error}{where}): please report it"
        if told not in self._told:
            self._told.add(told)
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"edlint: {told}"))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tells what went wrong outside of a check in the log, instead of interrupting whoever writes.

        Who asked something gets an error for an answer anyway.
        """
        if source is not FeatureRequestError:
            self.tell_fault("a message of the editor", error)

    # --- What is asked ------------------------------------------------------------------------------------------------

    async def actions(self, asked: types.CodeActionParams) -> list[types.CodeAction]:
        """Gives what can be done about the findings of a range."""
        wants_all = any(kind != types.CodeActionKind.QuickFix for kind in asked.context.only or ())
        document, heard = await self._settled(asked.text_document.uri, whole=wants_all)
        if document is None or heard is None:
            return []
        return await self._in(self._rules, lambda: list(Actions(document, heard, self._able).offered(asked)))

    async def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """Gives an action with its edit."""
        asked: Any = action.data
        document, heard = await self._settled(asked["uri"], whole=True)
        if document is None or heard is None:
            return action
        return await self._in(self._rules, lambda: Actions(document, heard, self._able).resolved(action))

    async def hover(self, asked: types.HoverParams) -> types.Hover | None:
        """Gives what there is to say of the findings at a position."""
        document, heard = await self._settled(asked.text_document.uri)
        if document is None or heard is None or heard.house.linter is None:
            return None
        linter, at = heard.house.linter, heard.text.offset(asked.position)
        there = [one for one in heard.shown if one.span.start <= at <= one.span.end]
        if not there:
            return None

        def told() -> str:
            return "\n\n---\n\n".join(passage.markdown(one, heard.report, linter) for one in there)

        span = min((one.span for one in there), key=lambda span: span.end - span.start)
        words = types.MarkupContent(types.MarkupKind.Markdown, await self._in(self._rules, told))
        return types.Hover(words, heard.text.range(span))

    async def show_reason(self, uri: str, comment: str, at: int) -> None:
        """Selects the reason in a comment that was just put in at an offset, for the writer to give it."""
        document = self._documents.get(uri)
        span = place_of_reason(document.text.source.text, comment, at) if document else None
        if document and span:
            place = document.text.range(span)
            shown = types.ShowDocumentParams(uri, take_focus=True, selection=place)
            await self.window_show_document_async(shown)

    async def _settled(self, uri: str, *, whole: bool = False) -> tuple[Open | None, Heard | None]:
        """A document and what is known of the version that is there now, with all that rules wait for if `whole`."""
        while document := self._documents.get(uri):
            hearing, task = document.hearing, document.task
            if whole and task:
                await asyncio.wait({task})
            else:
                await document.is_told.wait()
            if document.hearing is hearing:
                heard = document.heard
                return document, heard if heard and heard.version == document.version else None
        return None, None

    @property
    def _able(self) -> Able:
        window, workspace = self.client_capabilities.window, self.client_capabilities.workspace
        document = self.client_capabilities.text_document
        action = document.code_action if document else None
        lazy = action.resolve_support if action else None
        edit, show = workspace and workspace.workspace_edit, window and window.show_document
        return Able(
            resolves=bool(lazy and {"edit", "command"} <= set(lazy.properties)),
            versions=bool(edit and edit.document_changes),
            shows=bool(show and show.support),
        )

    # --- Beginning and end --------------------------------------------------------------------------------------------

    def watch(self) -> None:
        """Asks the client to tell which files change that articles depend on, where it can."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            self.client_register_capability(types.RegistrationParams([types.Registration("files", method, options)]))

    def stop(self) -> None:
        """Ends what is still going on."""
        for document in self._documents.values():
            document.hearing = None
        for thread in (self._rules, self._language):
            thread.shutdown(wait=False, cancel_futures=True)
