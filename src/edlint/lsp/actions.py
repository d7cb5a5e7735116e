"""What an editor offers to do about findings: their fixes, all safe ones at once, and a comment that allows one.

What takes a check of its own is worked out when the client asks to resolve an action, where it can do so, and else at
once. A newcomer would apply the fixes of all findings together; some want the same words, and so fixing is left to
`fixing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from lsprotocol import types

from edlint.engine import Linter
from edlint.finding import Edit, Finding
from edlint.fixing import fixed
from edlint.lsp.diagnostics import of_finding
from edlint.lsp.documents import Heard, Open
from edlint.lsp.places import Change
from edlint.passage import REASON, allowing
from edlint.revision import as_written
from edlint.text import Span

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.edlint"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)
SHOW_REASON = "edlint.showReason"  # the command that leads to the reason to be given
_ALLOW, _ALL = "allow", "all"


class Able(NamedTuple):
    """What a client can do: resolve edits later, take edits for a version of a document, show a place of one."""

    resolves: bool
    versions: bool
    shows: bool


class Actions:
    """What can be done about the findings of a document."""

    def __init__(self, document: Open, heard: Heard, able: Able) -> None:
        self._document, self._heard, self._able = document, heard, able

    def offered(self, asked: types.CodeActionParams) -> Iterator[types.CodeAction]:
        """Gives what is offered for a range, of the kinds asked for."""
        only = asked.context.only
        if _is_wanted(types.CodeActionKind.QuickFix.value, only):
            span = self._heard.text.span(asked.range)
            for finding in self._heard.shown:
                if finding.span.start <= span.end and span.start <= finding.span.end:
                    yield from self._for_finding(finding)
        if _is_wanted(FIX_ALL, only) and any(fix.safe for finding in self._heard.findings for fix in finding.fixes):
            yield self._later(types.CodeAction("Fix all that is safe to fix (edlint)", kind=FIX_ALL), {"do": _ALL})

    def resolved(self, action: types.CodeAction) -> types.CodeAction:
        """Gives an action with its edit; without one where the document has changed and the finding is gone."""
        asked: Any = action.data
        if asked["do"] == _ALL:
            action.edit = self._all_fixed()
        else:
            found = (one for one in self._heard.shown if one.fingerprint == asked["fingerprint"])
            if finding := next(found, None):
                self._allow(action, finding)
        return action

    def _for_finding(self, finding: Finding) -> Iterator[types.CodeAction]:
        shown = [of_finding(finding, self._document.uri, self._heard.text)]
        safe = next((fix for fix in finding.fixes if fix.safe), None)
        for fix in finding.fixes:
            yield types.CodeAction(
                f"{fix.message[:1].upper()}{fix.message[1:]} ({finding.rule})",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=shown,
                is_preferred=fix is safe or None,
                edit=self._edit(fix.edits),
            )
        title = f"Allow this with a reason ({finding.rule})"
        action = types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=shown)
        yield self._later(action, {"do": _ALLOW, "fingerprint": finding.fingerprint})

    def _later(self, action: types.CodeAction, asked: dict[str, str]) -> types.CodeAction:
        """An action to be resolved where the client can ask for that, else the resolved one."""
        action.data = {"uri": self._document.uri, **asked}
        return action if self._able.resolves else self.resolved(action)

    def _allow(self, action: types.CodeAction, finding: Finding) -> None:
        """Adds the edit that puts in the comment, and the command that then shows the reason in it."""
        comment = allowing(self._linter, self._heard.report, finding)
        action.edit = self._edit([Edit(Span(comment.at, comment.at), comment.inserted)])
        if self._able.shows:
            arguments = [self._document.uri, comment.words, comment.at]
            action.command = types.Command("Say why", SHOW_REASON, arguments=arguments)

    def _all_fixed(self) -> types.WorkspaceEdit:
        """What turns the text into the fixed one; what stands in the baseline, or is hidden, stays as it is."""
        source, house = self._heard.text.source, self._heard.house
        done = fixed(
            self._linter,
            source,
            self._document.path,
            wanted=lambda report, _: house.parted(report)[0],
        )
        if len(done.origin.passes) == 1:
            return self._edit(done.origin.passes[0])
        change = Change.between(source.text, done.text)
        return self._edit([Edit(Span(change.start, change.end), done.text[change.start : change.new_end])])

    @property
    def _linter(self) -> Linter:
        linter = self._heard.house.linter
        assert linter is not None  # otherwise nothing had been found
        return linter

    def _edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Edits of the version that was checked, with the line ends that its text has."""
        heard, uri = self._heard, self._document.uri
        text = heard.text
        made = [types.TextEdit(text.range(one.span), one.text) for one in as_written(text.source.text, edits)]
        if not self._able.versions:
            return types.WorkspaceEdit(changes={uri: made})
        version = types.OptionalVersionedTextDocumentIdentifier(uri, heard.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(version, list(made))])


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Says whether a kind is one of those asked for, or below one."""
    names = [one.value if isinstance(one, types.CodeActionKind) else one for one in only or ()]
    return not names or any(kind == name or kind.startswith(f"{name}.") for name in names)


def place_of_reason(text: str, comment: str, at: int) -> Span | None:
    """Gives where the reason to be given stands in a comment put into a text at an offset; None where it is not there.

    Before the offset an equal one may stand, put there for an earlier finding.
    """
    at = text.find(comment, at)
    reason = comment.find(REASON)
    return Span(at + reason, at + reason + len(REASON)) if at >= 0 <= reason else None
