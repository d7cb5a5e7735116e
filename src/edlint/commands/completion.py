"""`edlint completion`: what a shell reads so that it completes commands, options, rules and branches.

Click answers what may follow. A newcomer would print click's scripts, too: they offer the value of `--format=` in place
of the whole word, so that zsh throws the option away and fish finds nothing that fits. What zsh and fish read is
therefore written here: both complete the part after the `=`.
"""

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete, add_completion_class

from edlint.commands import put

# Where nothing is offered for a word with a `=`, it is a FORMAT=FILE, and the file is due.
_ZSH = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local -a plain described response
    local type key descr option is_answered
    (( ! $+commands[%(prog_name)s] )) && return 1

    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \
%(complete_var)s=zsh_complete %(prog_name)s)}")
    [[ $PREFIX == -*=* ]] && option="${PREFIX%%%%=*}="

    for type key descr in ${response}; do
        is_answered=1
        if [[ "$type" == "dir" ]]; then
            compset -P "$option"; _path_files -/
        elif [[ "$type" == "file" ]]; then
            compset -P "$option"; _path_files -f
        elif [[ "$descr" == "_" ]]; then
            plain+=("$option$key")
        else
            described+=("$option$key":"$descr")
        fi
    done

    (( $#described )) && _describe -V unsorted described -U
    (( $#plain )) && compadd -U -S "${${plain[1]:#*=}:+ }" -V unsorted -a plain
    [[ -z $is_answered ]] && compset -P '*=' && _path_files -f
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    # autoload from fpath, call function directly
    %(complete_func)s "$@"
else
    # eval/source/. command, register function for later
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH = """\
function %(complete_func)s
    set -l word (commandline -ct)
    set -l before (string match -r -- '^-[^=]*=' $word; or echo)
    set -l offered
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) \
COMP_CWORD=$word %(prog_name)s)

    for completion in $response
        set -l typed (string split -m 1 ',' -- $completion)
        switch "$typed[1]"
            case dir
                set -a offered $before(__fish_complete_directories $typed[2])
            case file
                set -a offered $before(__fish_complete_path $typed[2])
            case plain
                set -a offered $before$typed[2]
        end
    end
    if test -z "$response"; and set -l parted (string match -r -- '^(.*=)(.*)$' $word)
        set offered $parted[2](__fish_complete_path $parted[3])
    end
    set -q offered[1]; and printf '%%s\\n' $offered
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _Parted(ShellComplete):
    """Takes an option and its value apart where they are one word, as in `--format=json`.

    Click does so only after the first word, and not in bash, where the `=` is a word of its own.
    """

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        option, equals, value = incomplete.partition("=")
        if equals and option.startswith("--"):
            return [*args, option], value
        if args[-1:] == ["="] and args[-2:-1] and args[-2].startswith("--"):
            return args[:-1], incomplete
        return args, incomplete


class _Bash(_Parted, BashComplete):
    # Behind the `=` of a FORMAT=FILE the file follows, and no space.
    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)\n", "COMPREPLY+=($value)\n            [[ $value == *= ]] && compopt -o nospace\n"
    )


class _Zsh(_Parted, ZshComplete):
    source_template = _ZSH


class _Fish(_Parted, FishComplete):
    source_template = _FISH


_SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def answer_shells() -> None:
    """Has click answer the shells by what is said here."""
    for name, made in _SHELLS.items():
        add_completion_class(made, name)


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_SHELLS)), metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script with which a shell completes edlint."""
    put(_SHELLS[shell](ctx.find_root().command, {}, "edlint", "_EDLINT_COMPLETE").source() + "\n")
