"""`edlint lsp`: a real client talks to the installed command over standard input and output."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from lsprotocol import types
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient

from edlint import __version__
from edlint.lsp.houses import Houses
from edlint.lsp.messages import server

COMMAND = [str(Path(sys.executable).with_name("edlint")), "lsp", "--no-cache"]
PUBLISH = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
SECONDS = 20  # after which what does not come will not come
STYLE = {
    "House/Use.yml": "extends: substitution\nmessage: \"'%[2]s': write '%[1]s'\"\nswap: {utilize: use}\nlink: https://house.example/use\n",
    "House/Verbs.yml": "extends: sequence\nmessage: \"'%s' is a verb here\"\ntokens: [{tag: VBD}]\n",
    "House/Band.yml": "extends: existence\nmessage: \"'%s' is no band\"\nlevel: suggestion\ntokens: [The Tin Whistlers]\n",
}
CONFIGURED = "styles: [Copy, House]\n"


def capabilities(**changes: Any) -> types.ClientCapabilities:
    """What a client can do that can do everything."""
    able: dict[str, Any] = {
        "workspace": types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        "text_document": types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(
                resolve_support=types.ClientCodeActionResolveOptions(["edit", "command"]), data_support=True
            )
        ),
        "window": types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
        "general": types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16]),
    }
    return types.ClientCapabilities(**{**able, **changes})


class Editor:
    """An editor in a folder, with what the server has told it."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client, self.folder = client, folder
        self.server: Any = None
        self.told: list[types.PublishDiagnosticsParams] = []
        self.messages: list[types.ShowMessageParams] = []
        self.logged: list[types.LogMessageParams] = []
        self.places: list[types.ShowDocumentParams] = []
        self.registered: list[types.RegistrationParams] = []
        self.news = asyncio.Condition()
        self.versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return name if ":" in name else (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "markdown") -> None:
        self.versions[name] = 1
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> int:
        self.versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(version=self.versions[name], uri=self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
        return self.versions[name]

    def save(self, name: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(name)))

    def says_it_changed(self, name: str, how: types.FileChangeType) -> None:
        event = types.FileEvent(self.uri(name), how)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    def close(self, name: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    async def until(self, fits: Callable[[], Any]) -> None:
        """Waits until something is so."""
        async with asyncio.timeout(SECONDS), self.news:
            await self.news.wait_for(fits)

    def history(self, name: str) -> list[types.PublishDiagnosticsParams]:
        """What was shown of a document, one after the other."""
        return [one for one in self.told if one.uri == self.uri(name)]

    def shown(self, name: str) -> list[types.Diagnostic] | None:
        """What is shown of a document now; None where nothing was ever told of it."""
        return next((list(one.diagnostics) for one in reversed(self.history(name))), None)

    def codes(self, name: str) -> list[str] | None:
        shown = self.shown(name)
        return None if shown is None else [str(one.code) for one in shown]

    async def shows(self, name: str, *codes: str) -> list[types.Diagnostic]:
        """Waits until these rules' findings are shown, and no others; gives them."""
        await self.until(lambda: self.codes(name) == list(codes))
        return self.shown(name) or []

    async def actions(self, name: str, at: types.Range, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=only)
        asked = types.CodeActionParams(self.document(name), at, context)
        return [
            one
            for one in await self.client.text_document_code_action_async(asked) or []
            if isinstance(one, types.CodeAction)
        ]

    async def hover(self, name: str, line: int, column: int) -> types.Hover | None:
        asked = types.HoverParams(self.document(name), types.Position(line, column))
        return await self.client.text_document_hover_async(asked)


def framed(message: dict[str, Any]) -> bytes:
    """A message as it goes over the wire."""
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def at(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def applied(text: str, edit: types.WorkspaceEdit) -> str:
    """A text, of characters that take one unit each, with an edit applied as an editor does."""
    edits = [e for change in edit.document_changes or [] for e in change.edits]  # type: ignore[union-attr]
    edits = edits or [e for one in (edit.changes or {}).values() for e in one]
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(position: types.Position) -> int:
        return starts[position.line] + position.character

    for one in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
        text = text[: offset(one.range.start)] + one.new_text + text[offset(one.range.end) :]
    return text


@asynccontextmanager
async def running(folder: Path, *options: str, able: types.ClientCapabilities | None = None) -> AsyncIterator[Editor]:
    client = LanguageClient("editor", __version__)
    editor = Editor(client, folder)

    def hears(method: str, heard: list[Any]) -> None:
        @client.feature(method)
        async def hear(params: Any) -> Any:
            heard.append(params)
            async with editor.news:
                editor.news.notify_all()
            return types.ShowDocumentResult(True) if method == types.WINDOW_SHOW_DOCUMENT else None

    hears(PUBLISH, editor.told)
    hears(types.WINDOW_SHOW_MESSAGE, editor.messages)
    hears(types.WINDOW_LOG_MESSAGE, editor.logged)
    hears(types.WINDOW_SHOW_DOCUMENT, editor.places)
    hears(types.CLIENT_REGISTER_CAPABILITY, editor.registered)
    await client.start_io(*COMMAND, *options, cwd=folder)
    root = types.WorkspaceFolder(folder.as_uri(), folder.name)
    params = types.InitializeParams(able or capabilities(), workspace_folders=[root], root_uri=root.uri)
    editor.server = await client.initialize_async(params)
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()
    process = client._server  # noqa: SLF001 - there is no other way to ask
    assert process.returncode == 0


@pytest.fixture
def house(write: Callable[..., Path], tmp_path: Path) -> Path:
    """A folder with a house's own rules."""
    for name, text in STYLE.items():
        write(name, text)
    write(".edlint.yml", CONFIGURED)
    return tmp_path


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Editor, Path]]:
    """An editor for many tests, since to start a server takes longer than all that they ask of it."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "House").mkdir()
    for name, text in {**STYLE, ".edlint.yml": CONFIGURED}.items():
        (folder / name).write_text(text)
    with asyncio.Runner() as runner:
        context = running(folder)
        yield runner, runner.run(context.__aenter__()), folder
        runner.run(context.__aexit__(None, None, None))


@pytest.fixture
def editor(started: tuple[asyncio.Runner, Editor, Path], tmp_path: Path) -> Editor:
    """That editor, in a folder below the house's own."""
    _, editor, folder = started
    editor.folder = folder / tmp_path.name
    editor.logged.clear()
    editor.places.clear()
    return editor


def in_an_editor(test: Callable[..., Any]) -> Callable[..., None]:
    """Runs a test in an event loop, as pytest does not by itself: that of the editor, or one of its own."""

    @wraps(test)
    def run(*args: Any, **keywords: Any) -> None:
        asyncio.run(test(*args, **keywords))

    @wraps(test)
    def run_in(started: tuple[asyncio.Runner, Editor, Path], *args: Any, **keywords: Any) -> None:
        started[0].run(test(*args, **keywords))

    of_test = signature(test)
    if "editor" not in of_test.parameters:
        return run
    own = Parameter("started", Parameter.POSITIONAL_OR_KEYWORD)
    run_in.__signature__ = of_test.replace(parameters=[own, *of_test.parameters.values()])  # type: ignore[attr-defined]
    return run_in


@in_an_editor
async def test_a_clean_article_shows_nothing_and_a_wrong_one_what_is_wrong_where_it_is(editor: Editor) -> None:
    editor.open("clean.md", "Nothing here.\n")
    assert await editor.shows("clean.md") == []
    editor.open("draft.md", "We utilize it.\n")
    (shown,) = await editor.shows("draft.md", "House.Use")
    assert shown.range == at(0, 3, 10)
    assert (shown.source, shown.severity) == ("edlint", types.DiagnosticSeverity.Warning)
    assert shown.message == "'utilize': write 'use'"
    assert shown.code_description == types.CodeDescription("https://house.example/use")
    editor.open("tin.md", "We heard The Tin Whistlers.\n")
    *_, shown = await editor.shows("tin.md", "House.Verbs", "House.Band")
    assert shown.severity == types.DiagnosticSeverity.Information
    editor.close("draft.md")
    await editor.shows("draft.md")


@in_an_editor
async def test_what_is_no_article_or_left_out_or_allowed_shows_nothing(house: Path, write) -> None:
    write(".edlint.yml", CONFIGURED + "exclude: [old/**]\nvocab: [words]\n")
    write("words/accept.txt", "Tobermory\n")
    async with running(house) as editor:
        for name, language in (
            ("old/draft.md", "markdown"),
            ("code.py", "python"),
            ("words/accept.txt", "plaintext"),
            ("git:/draft.md", "markdown"),
            ("untitled:Untitled-2", "python"),
        ):
            editor.open(name, "We utilize it.\n", language)
        editor.open("allowed.md", "<!-- edlint-disable-next-line House.Use: its name -->\nWe utilize it.\n")
        editor.open("last.md", "We utilize it.\n")
        await editor.shows("last.md", "House.Use")
        assert not any(one.diagnostics for one in editor.told if one.uri != editor.uri("last.md"))


@in_an_editor
async def test_a_document_that_is_no_file_yet_is_read_as_its_language_says(editor: Editor) -> None:
    editor.open("untitled:Untitled-1", "We `utilize` it and utilize it.\n")
    (shown,) = await editor.shows("untitled:Untitled-1", "House.Use")
    assert shown.range == at(0, 20, 27)
    editor.open("untitled:Untitled-2", "We `utilize` it.\n", "plaintext")
    await editor.shows("untitled:Untitled-2", "House.Use")


ENCODINGS = [
    pytest.param(None, 2, id="utf-16 where the client says nothing"),
    pytest.param(types.PositionEncodingKind.Utf16, 2, id="utf-16"),
    pytest.param(types.PositionEncodingKind.Utf8, 4, id="utf-8"),
    pytest.param(types.PositionEncodingKind.Utf32, 1, id="utf-32"),
]


@pytest.mark.parametrize(("encoding", "width"), ENCODINGS)
@in_an_editor
async def test_columns_are_right_beyond_emoji(house: Path, encoding: Any, width: int) -> None:
    general = types.GeneralClientCapabilities(position_encodings=[encoding]) if encoding else None
    async with running(house, able=capabilities(general=general)) as editor:
        assert editor.server.capabilities.position_encoding == (encoding or "utf-16")
        editor.open("draft.md", "One line.\n\n🎪🎪 We utilize it.\n")
        (shown,) = await editor.shows("draft.md", "House.Use")
        start = 2 * width + 4
        assert shown.range == at(2, start, start + 7)
        (action, _) = await editor.actions("draft.md", at(2, start + 2, start + 2))
        edits = action.edit.document_changes[0].edits
        assert [(one.range, one.new_text) for one in edits] == [(shown.range, "use")]
        assert await editor.actions("draft.md", at(2, 0, 2 * width)) == []
        assert (await editor.hover("draft.md", 2, start)).range == shown.range
        assert await editor.hover("draft.md", 2, start - 2) is None


LINES = [
    pytest.param("One line.\r\n\r\nWe utilize it.\r\n", 2, id="crlf"),
    pytest.param("One line.\rTwo\u2028lines.\r\rWe utilize it.", 3, id="carriage returns alone"),
    pytest.param("\ufeffOne\fline.\n\nWe utilize it.\n", 2, id="a byte order mark and a form feed"),
]


@pytest.mark.parametrize(("text", "line"), LINES)
@in_an_editor
async def test_lines_are_those_of_the_editor(editor: Editor, text: str, line: int) -> None:
    editor.open("draft.md", text)
    (shown,) = await editor.shows("draft.md", "House.Use")
    assert shown.range == at(line, 3, 10)
    editor.change("draft.md", text.replace("One", "We utilize one"))
    first, second = await editor.shows("draft.md", "House.Use", "House.Use")
    assert (first.range.start.line, second.range) == (0, at(line, 3, 10))


@in_an_editor
async def test_the_comment_put_in_has_the_line_ends_of_the_article(editor: Editor) -> None:
    editor.open("draft.md", "One.\r\n\r\nWe utilize it.\r\n")
    await editor.shows("draft.md", "House.Use")
    action = (await editor.actions("draft.md", at(2, 3, 3)))[-1]
    action = await editor.client.code_action_resolve_async(action)
    (edit,) = action.edit.document_changes[0].edits
    assert edit.new_text == "<!-- edlint-disable-next-line House.Use: why it is right -->\r\n"


TWICE = "We utilize it and and go.\n"
LATE = "We utilize words. They said so.\n"


@in_an_editor
async def test_what_needs_no_parser_is_shown_before_what_does(editor: Editor) -> None:
    editor.open("draft.md", LATE.replace("words", "words that nobody has parsed"))
    await editor.shows("draft.md", "House.Use", "House.Verbs")
    told = [[str(one.code) for one in params.diagnostics] for params in editor.history("draft.md")]
    assert told == [["House.Use"], ["House.Use", "House.Verbs"]]


@in_an_editor
async def test_what_needs_the_parser_stays_in_its_place_while_somebody_types(editor: Editor) -> None:
    editor.open("draft.md", LATE)
    await editor.shows("draft.md", "House.Use", "House.Verbs")
    seen = len(editor.history("draft.md"))
    for number in range(1, 12):
        version = editor.change("draft.md", f"{'Now and then.'[:number]} {LATE}")
        await asyncio.sleep(0.01)
    await editor.until(lambda: editor.history("draft.md")[-1].version == version)
    await asyncio.sleep(0.5)
    told = editor.history("draft.md")[seen:]
    for params in told:
        verbs = [one.range for one in params.diagnostics if one.code == "House.Verbs"]
        assert verbs == [at(0, 23 + params.version, 27 + params.version)]
    assert [one.version for one in told] == sorted(one.version for one in told)


@in_an_editor
async def test_the_newest_of_many_changes_is_what_is_shown(editor: Editor) -> None:
    editor.open("draft.md", LATE)
    for number in range(40):
        editor.change("draft.md", f"{'word ' * number}{LATE}")
    editor.change("draft.md", "Nothing here.\n")
    await editor.until(lambda: editor.history("draft.md") and editor.history("draft.md")[-1].version == 42)
    await asyncio.sleep(0.5)
    assert editor.history("draft.md")[-1].version == 42
    assert editor.codes("draft.md") == []


class Sent(list[Any]):
    """What a server has sent, to a client that is not there."""

    def write(self, message: bytes) -> None:
        self.append(json.loads(message.partition(b"\r\n\r\n")[2]))

    def close(self) -> None:
        """Does nothing."""


@in_an_editor
async def test_nothing_is_shown_of_what_is_closed_just_when_it_was_checked(house: Path) -> None:
    serving, sent, incoming = server(Houses()), Sent(), asyncio.StreamReader()
    serving.protocol.set_writer(sent)
    incoming.feed_data(framed({"id": 1, "method": "initialize", "params": {"capabilities": {}}}))
    incoming.feed_eof()
    await run_async(Event(), incoming, serving.protocol)
    uri = (house / "draft.md").as_uri()
    serving.open(types.TextDocumentItem(uri, "markdown", 1, "We utilize it.\n"))
    document = serving._documents[uri]  # noqa: SLF001 - there is no other way to see that a thread is ready
    async with asyncio.timeout(SECONDS):
        while document.heard is None:
            await asyncio.sleep(0)
    serving.close(uri)  # before the loop has come round to show it
    assert document.heard.findings
    for _ in range(100):
        await asyncio.sleep(0)
    serving.stop()
    assert [one["params"]["diagnostics"] for one in sent if one.get("method") == PUBLISH] == [[]]


@in_an_editor
async def test_actions_write_what_a_finding_offers(editor: Editor) -> None:
    text = "The hall , opens. We utilize it.\n"
    editor.open("draft.md", text)
    space, _ = await editor.shows("draft.md", "Copy.SpaceBeforePunctuation", "House.Use")
    safe, allow = await editor.actions("draft.md", space.range, only=["quickfix"])
    assert (safe.kind, safe.is_preferred) == (types.CodeActionKind.QuickFix, True)
    assert list(safe.diagnostics) == [space]
    assert applied(text, safe.edit) == "The hall, opens. We utilize it.\n"
    assert allow.title == "Allow this with a reason (Copy.SpaceBeforePunctuation)"
    use, _ = await editor.actions("draft.md", at(0, 24, 24), only=["quickfix"])
    assert (use.title, use.is_preferred) == ("Write 'use' (House.Use)", None)
    assert use.edit.document_changes[0].text_document.version == 1


@in_an_editor
async def test_all_that_is_safe_is_fixed_at_once_and_the_rest_is_left(editor: Editor) -> None:
    text = "The hall , opens. We utilize it.\n\nIt is new , and old .\n"
    editor.open("draft.md", text)
    (action,) = await editor.actions("draft.md", at(0, 0, 0), only=["source.fixAll"])
    assert action.kind == "source.fixAll.edlint"
    action = await editor.client.code_action_resolve_async(action)
    fixed = applied(text, action.edit)
    assert fixed == "The hall, opens. We utilize it.\n\nIt is new, and old.\n"
    editor.change("draft.md", fixed)
    await editor.shows("draft.md", "House.Use")
    assert await editor.actions("draft.md", at(0, 0, 0), only=["source.fixAll.edlint"]) == []


@in_an_editor
async def test_what_the_house_hides_is_not_fixed_with_all_that_is_safe(house: Path, write) -> None:
    text = "The hall , opens on January 18th.\n"
    write(".edlint.yml", "min-severity: warning\nrules: {Newswire.DateFormat: suggestion}\n")
    async with running(house) as editor:
        editor.open("draft.md", text)
        await editor.shows("draft.md", "Copy.SpaceBeforePunctuation")
        (action,) = await editor.actions("draft.md", at(0, 0, 0), only=["source.fixAll"])
        action = await editor.client.code_action_resolve_async(action)
        assert applied(text, action.edit) == "The hall, opens on January 18th.\n"
        editor.change("draft.md", "The hall opens on January 18th.\n")
        await editor.shows("draft.md")
        assert await editor.actions("draft.md", at(0, 0, 0), only=["source.fixAll"]) == []


@in_an_editor
async def test_a_client_that_can_little_gets_edits_at_once_and_in_the_old_form(house: Path) -> None:
    text = "The hall , opens.\n"
    async with running(house, able=types.ClientCapabilities()) as editor:
        editor.open("draft.md", text)
        (shown,) = await editor.shows("draft.md", "Copy.SpaceBeforePunctuation")
        fix, allow, every = await editor.actions("draft.md", shown.range)
        assert {applied(text, fix.edit), applied(text, every.edit)} == {"The hall, opens.\n"}
        assert allow.command is None
        assert editor.registered == []
        editor.change("draft.md", applied(text, allow.edit))
        await editor.shows("draft.md")


PLACES = [
    pytest.param("We utilize it.\n", id="a paragraph"),
    pytest.param("- One.\n- We utilize it.\n", id="an item of a list"),
    pytest.param("One line,\nand we utilize it.\n", id="a line within a paragraph"),
    pytest.param("---\ntitle: We utilize it\n---\n\nOne.\n", id="front matter"),
]


@pytest.mark.parametrize("text", PLACES)
@in_an_editor
async def test_allowing_with_a_reason_allows_and_leads_to_the_reason(editor: Editor, text: str) -> None:
    editor.open("draft.md", text)
    (shown,) = await editor.shows("draft.md", "House.Use")
    allow = (await editor.actions("draft.md", shown.range))[-1]
    allow = await editor.client.code_action_resolve_async(allow)
    after = applied(text, allow.edit)
    editor.change("draft.md", after)
    await editor.shows("draft.md")
    command = types.ExecuteCommandParams(allow.command.command, allow.command.arguments)
    await editor.client.workspace_execute_command_async(command)
    (place,) = editor.places
    line = after.split("\n")[place.selection.start.line]
    assert line[place.selection.start.character : place.selection.end.character] == "why it is right"


@in_an_editor
async def test_allowing_the_same_twice_leads_to_the_reason_of_each(editor: Editor) -> None:
    text = "We utilize it.\n\nThey utilize it.\n"
    editor.open("draft.md", text)
    lines = []
    for left in (["House.Use", "House.Use"], ["House.Use"]):
        shown = (await editor.shows("draft.md", *left))[0]
        allow = (await editor.actions("draft.md", shown.range))[-1]
        allow = await editor.client.code_action_resolve_async(allow)
        text = applied(text, allow.edit)
        editor.change("draft.md", text)
        command = types.ExecuteCommandParams(allow.command.command, allow.command.arguments)
        await editor.client.workspace_execute_command_async(command)
        lines.append(editor.places[-1].selection.start.line)
    assert lines == [0, 3]


@in_an_editor
async def test_hovering_says_what_was_seen_and_why_the_rule_is_there(editor: Editor) -> None:
    editor.open("draft.md", "“We opened in May, said Ada Bell. “Nobody came.”\n")
    (shown,) = await editor.shows("draft.md", "Copy.UnbalancedQuotes")
    assert [one.location.range.start.line for one in shown.related_information]
    hover = await editor.hover("draft.md", 0, 0)
    assert hover.contents.kind == types.MarkupKind.Markdown
    for words in (
        "**Copy.UnbalancedQuotes** · error",
        "*What was seen*",
        "*Why*\n\nWhere a mark is missing",
        "```text\n",
    ):
        assert words in hover.contents.value


@in_an_editor
async def test_a_changed_configuration_holds_when_the_editor_says_that_it_changed(house: Path, write) -> None:
    async with running(house) as editor:
        await editor.until(lambda: editor.registered)
        watched = {one["globPattern"] for one in editor.registered[0].registrations[0].register_options["watchers"]}
        assert "**/*.{yml,yaml}" in watched
        editor.open("draft.md", "We utilize it.\n")
        await editor.shows("draft.md", "House.Use")
        write(".edlint.yml", CONFIGURED + "rules: {House.Use: off}\n")
        editor.says_it_changed(".edlint.yml", types.FileChangeType.Changed)
        await editor.shows("draft.md")
        (house / ".edlint.yml").unlink()
        editor.says_it_changed(".edlint.yml", types.FileChangeType.Deleted)
        editor.change("draft.md", "On January 6th we utilize it.\n")
        await editor.shows("draft.md", "Newswire.DateFormat", "Proselint.Utilize")


@in_an_editor
async def test_a_nearer_configuration_holds_for_open_articles_as_soon_as_it_is_there(house: Path, write) -> None:
    write(".edlint.yml", CONFIGURED + "rules: {House.Verbs: off}\n")  # so that nothing is shown in two steps
    async with running(house) as editor:
        editor.open("draft.md", TWICE)
        await editor.shows("draft.md", "House.Use", "Copy.DoubledWords")
        editor.open("deep/draft.md", TWICE)
        await editor.shows("deep/draft.md", "House.Use", "Copy.DoubledWords")
        write("deep/.edlint.yml", "styles: [Copy]\n")
        editor.says_it_changed("deep/.edlint.yml", types.FileChangeType.Created)
        await editor.shows("deep/draft.md", "Copy.DoubledWords")
        write("deep/.edlint.yml", "styles: [../House]\n")
        editor.says_it_changed("deep/.edlint.yml", types.FileChangeType.Changed)
        await editor.shows("deep/draft.md", "House.Use")
        assert len(editor.history("draft.md")) == 1


@in_an_editor
async def test_a_configuration_that_is_deleted_is_forgotten_and_the_one_above_holds(house: Path, write) -> None:
    write("deep/.edlint.yml", "styles: [Copy]\n")
    async with running(house) as editor:
        editor.open("deep/draft.md", TWICE)
        await editor.shows("deep/draft.md", "Copy.DoubledWords")
        (house / "deep/.edlint.yml").unlink()
        editor.says_it_changed("deep/.edlint.yml", types.FileChangeType.Deleted)
        await editor.shows("deep/draft.md", "House.Use", "Copy.DoubledWords")
        write(".edlint.yml", "rulez: {}\n")
        editor.save("deep/draft.md")
        await editor.until(lambda: editor.shown(".edlint.yml"))
        write(".edlint.yml", "styles: [House]\n")
        editor.save("deep/draft.md")
        await editor.shows("deep/draft.md", "House.Use")
        await editor.until(lambda: editor.shown(".edlint.yml") == [])
        (told,) = editor.messages
        assert told.message.startswith("edlint: .edlint.yml:1: unknown key 'rulez'")


@in_an_editor
async def test_a_configuration_that_is_given_and_then_deleted_is_told_once_and_goes_on(house: Path, write) -> None:
    write("other.yml", CONFIGURED)
    async with running(house, "--config", "other.yml") as editor:
        editor.open("draft.md", "We utilize it.\n")
        await editor.shows("draft.md", "House.Use")
        (house / "other.yml").unlink()
        editor.save("draft.md")
        await editor.until(lambda: editor.messages)
        write("House/Use.yml", STYLE["House/Use.yml"] + "level: error\n")
        editor.save("draft.md")
        editor.change("draft.md", "We utilize it, and utilize it.\n")
        await editor.shows("draft.md", "House.Use", "House.Use")
        write("other.yml", "styles: [Copy]\n")
        editor.save("draft.md")
        await editor.shows("draft.md")
        (told,) = editor.messages
        assert told.message.startswith("edlint: other.yml: cannot be read: ")


@in_an_editor
async def test_a_configuration_that_lacked_a_file_holds_once_that_is_there(house: Path, write) -> None:
    write(".edlint.yml", "extends: base.yml\n")
    async with running(house) as editor:
        editor.open("draft.md", TWICE)
        await editor.shows("draft.md")
        await editor.until(lambda: editor.shown(".edlint.yml"))
        write("base.yml", "styles: [Copy]\n")
        editor.says_it_changed("base.yml", types.FileChangeType.Created)
        await editor.shows("draft.md", "Copy.DoubledWords")
        await editor.until(lambda: editor.shown(".edlint.yml") == [])


@in_an_editor
async def test_what_is_wrong_in_one_house_is_not_told_again_when_another_changes(house: Path, write) -> None:
    write("broken/.edlint.yml", "rulez: {}\n")
    async with running(house) as editor:
        editor.open("broken/draft.md", TWICE)
        await editor.until(lambda: editor.messages)
        editor.open("draft.md", TWICE)
        await editor.shows("draft.md", "House.Use", "Copy.DoubledWords")
        write(".edlint.yml", "styles: [Copy]\n")
        editor.save("draft.md")
        await editor.shows("draft.md", "Copy.DoubledWords")
        write("broken/.edlint.yml", "styles: [Copy]\n")
        editor.save("draft.md")
        await editor.shows("broken/draft.md", "Copy.DoubledWords")
        await editor.until(lambda: editor.shown("broken/.edlint.yml") == [])
        assert len(editor.messages) == 1


@in_an_editor
async def test_a_changed_rule_holds_when_something_is_saved_in_an_editor_that_watches_nothing(
    house: Path, write
) -> None:
    async with running(house, able=types.ClientCapabilities()) as editor:
        editor.open("draft.md", "We utilize it.\n")
        await editor.shows("draft.md", "House.Use")
        write("House/Use.yml", STYLE["House/Use.yml"].replace("utilize: use", "hall: room"))
        editor.save("draft.md")
        await editor.shows("draft.md")
        write("House/Also.yml", "extends: existence\nmessage: no\ntokens: [utilize]\n")
        editor.save("draft.md")
        await editor.shows("draft.md", "House.Also")


@in_an_editor
async def test_a_broken_configuration_is_told_and_the_last_good_one_goes_on(house: Path, write) -> None:
    async with running(house) as editor:
        editor.open("draft.md", "We utilize it.\n")
        await editor.shows("draft.md", "House.Use")
        write(".edlint.yml", CONFIGURED + "\nrulez: {}\n")
        editor.save("draft.md")
        await editor.until(lambda: editor.shown(".edlint.yml") and editor.messages)
        (shown,) = editor.shown(".edlint.yml")
        assert (shown.range.start.line, "rulez" in shown.message) == (2, True)
        assert [one.message for one in editor.messages] == [f"edlint: .edlint.yml:3: {shown.message}"]
        editor.change("draft.md", "They utilize it, and utilize it.\n")
        await editor.shows("draft.md", "House.Use", "House.Use")
        editor.change("draft.md", "They utilize it.\n")
        await editor.shows("draft.md", "House.Use")
        editor.save("draft.md")
        write(".edlint.yml", CONFIGURED + "rules: {House.Use: error}\n")
        editor.save("draft.md")
        await editor.until(lambda: editor.shown(".edlint.yml") == [])
        await editor.until(
            lambda: [one.severity for one in editor.shown("draft.md")] == [types.DiagnosticSeverity.Error]
        )
        assert len(editor.messages) == 1


@in_an_editor
async def test_a_broken_rule_and_broken_front_matter_are_shown_where_they_are(house: Path, write) -> None:
    write("House/Bad.yml", "extends: existence\nmessage: no\ntoken: [x]\n")
    async with running(house) as editor:
        editor.open("draft.md", "---\ntitle: [\n---\n\nWe utilize it.\n")
        await editor.until(lambda: editor.shown("House/Bad.yml") and editor.shown("draft.md"))
        assert editor.shown("House/Bad.yml")[0].range.start.line == 2
        wrong, use = editor.shown("draft.md")
        assert (wrong.code, wrong.severity, use.code) == (None, types.DiagnosticSeverity.Error, "House.Use")


@in_an_editor
async def test_what_stands_in_the_baseline_is_a_hint(house: Path, edlint) -> None:
    (house / "old.md").write_text("We utilize it.\n")
    assert edlint("baseline", "write").code == 0
    async with running(house) as editor:
        editor.open("old.md", "We utilize it. They utilize it.\n")
        new, old = await editor.shows("old.md", "House.Use", "House.Use")
        assert (new.severity, old.severity) == (types.DiagnosticSeverity.Warning, types.DiagnosticSeverity.Hint)
        assert old.message == f"{new.message} (in the baseline)"


@in_an_editor
async def test_a_house_without_configuration_has_the_baseline_of_its_repository(edlint, write, tmp_path: Path) -> None:
    for name in ("known", "new"):
        write(f"{name}/.git/HEAD", "ref: refs/heads/main\n")
        write(f"{name}/old.md", "On January 6th it opened.\n")
    assert edlint("baseline", "write", cwd=tmp_path / "known").code == 0
    async with running(tmp_path) as editor:
        for name, severity in (("known", types.DiagnosticSeverity.Hint), ("new", types.DiagnosticSeverity.Warning)):
            editor.open(f"{name}/old.md", "On January 6th it opened.\n")
            (shown,) = await editor.shows(f"{name}/old.md", "Newswire.DateFormat")
            assert shown.severity == severity
        (tmp_path / "known" / ".edlint-baseline").unlink()
        editor.save("known/old.md")
        await editor.until(lambda: editor.shown("known/old.md")[0].severity == types.DiagnosticSeverity.Warning)


@in_an_editor
async def test_a_comment_that_allows_nothing_is_faded_out(editor: Editor) -> None:
    editor.open("draft.md", "<!-- edlint-disable-next-line House.Use: once -->\nOne.\n")
    (shown,) = await editor.shows("draft.md", "Edlint.UnusedSuppression")
    assert list(shown.tags) == [types.DiagnosticTag.Unnecessary]


@in_an_editor
async def test_text_with_half_a_character_and_nul_does_no_harm(editor: Editor) -> None:
    editor.open("draft.md", "A \ud83c b \x00 and we utilize it.\n")
    (shown,) = await editor.shows("draft.md", "House.Use")
    assert shown.range == at(0, 15, 22)
    assert editor.logged == []


@in_an_editor
async def test_a_message_that_makes_no_sense_is_logged_and_the_next_is_heard(editor: Editor) -> None:
    editor.open("draft.md", "We utilize it.\n")
    await editor.shows("draft.md", "House.Use")
    document = types.VersionedTextDocumentIdentifier(version=2, uri=editor.uri("draft.md"))
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(document, []))
    await editor.until(lambda: editor.logged)
    assert "please report it" in editor.logged[0].message
    editor.change("draft.md", "We utilize it, and utilize it.\n")
    await editor.shows("draft.md", "House.Use", "House.Use")


@in_an_editor
async def test_a_configuration_that_is_given_holds_for_all(house: Path, write) -> None:
    write("other/.edlint.yml", "styles: [Copy]\n")
    async with running(house, "--config", ".edlint.yml") as editor:
        editor.open("other/draft.md", "We utilize it.\n")
        await editor.shows("other/draft.md", "House.Use")


@in_an_editor
async def test_what_is_typed_within_words_that_are_wrong_leaves_them_marked(editor: Editor) -> None:
    editor.open("draft.md", "We utilize verbs. Everybody said so.\n")
    await editor.shows("draft.md", "House.Use", "House.Verbs")
    version = editor.change("draft.md", "We utilize verbs. Everybody sa-id so.\n")
    await editor.until(lambda: editor.history("draft.md")[-1].version == version)
    first = next(one for one in editor.history("draft.md") if one.version == version)
    assert [one.range for one in first.diagnostics if one.code == "House.Verbs"] == [at(0, 28, 33)]


def test_it_ends_when_its_input_does_and_says_nothing_else(house: Path) -> None:
    done = subprocess.run(COMMAND, cwd=house, input=b"", capture_output=True, timeout=SECONDS)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_ends_with_1_when_told_to_exit_before_it_was_shut_down(house: Path) -> None:
    done = subprocess.run(COMMAND, cwd=house, input=framed({"method": "exit"}), capture_output=True, timeout=SECONDS)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
