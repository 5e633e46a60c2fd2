"""The command line: what can be typed, and nothing else. What each command does stands in `mene.commands`.

Modules are imported inside the commands, so that `mene --help` answers at once.
"""

import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mene import __version__
from mene.errors import CodebookError, InputError, MeneError
from mene.settings import DEMO_PAGE, Settings

EVERYWHERE = (
    "For every command: --store FILE|URL, --places DIR, --codebook DIR, --debug. They may stand anywhere in the line."
)
_VALUED = ("--store", "--places", "--codebook")
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, epilog=EVERYWHERE)
own_places = typer.Typer(add_completion=False, rich_markup_mode=None, epilog=EVERYWHERE)
app.add_typer(own_places, name="places")
whole_store = typer.Typer(add_completion=False, rich_markup_mode=None, epilog=EVERYWHERE)
app.add_typer(whole_store, name="store")


def _day(text: str | date) -> date:
    try:
        return date.fromisoformat(str(text))  # a default comes as the day it is
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-12-07") from error


Origins = Annotated[
    list[str], typer.Argument(metavar="URL|FILE|FOLDER|-...", help="What to read; - is standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Published = Annotated[
    date | None, typer.Option(parser=_day, metavar="DAY", help="Publication date; wins over the article's own.")
]
AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=_day, metavar="DAY", help="The picture as it was known on that day.")
]
DemoDay = Annotated[
    date, typer.Option("--as-of", parser=_day, metavar="DAY", help="The picture as it was known on that day.")
]
On = Annotated[
    date | None,
    typer.Option("--on", parser=_day, metavar="DAY", help="The picture true on that day, by all that is known now."),
]
Page = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PAGE", help="Also write the HTML page to this file.")
]
DemoPage = Annotated[Path, typer.Option("-o", "--output", metavar="PAGE", help="Where the page goes.")]
Check = Annotated[bool, typer.Option("--check", help="Exit with 3 where control of a place changed.")]
In = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="FILE", help="Read this file, folder or address instead of the store; repeatable."),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Tell why each value was coded so, from the article read again.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Use the sample corpus instead of the store.")]


@app.callback(invoke_without_command=True)
def main_options(
    context: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="The store: a file, or postgresql://user@host/database.  [default: $MENE_STORE or ./mene.duckdb]",
        ),
    ] = None,
    places: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Your own places.  [default: $MENE_PLACES or mene-places beside the store]"),
    ] = None,
    codebook: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="A folder that extends the codebook; repeatable.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Mene reads the reporting on a conflict and keeps the picture: who says what, what happened, who holds what."""
    import os

    from mene.settings import read_settings

    context.obj = read_settings(os.environ, store=store, places=places, codebook=codebook or ())
    named = places is not None or bool(os.environ.get("MENE_PLACES"))
    if named and context.invoked_subcommand not in ("places", "store", None) and not context.obj.places.is_dir():
        told = f"the folder of places {context.obj.places} does not exist"
        raise InputError(f"{told}; check --places and $MENE_PLACES, or make it with mene places add")
    for folder in context.obj.codebook:
        if not folder.is_dir():
            raise CodebookError(f"the codebook folder {folder} does not exist; check --codebook and $MENE_CODEBOOK")
    if context.obj.codebook and context.invoked_subcommand is not None:
        _tell_faults(context.obj.codebook)
    if version:
        typer.echo(f"mene {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _settings(context: typer.Context) -> Settings:
    settings: Settings = context.obj
    return settings


@app.command(epilog=EVERYWHERE)
def demo(
    context: typer.Context,
    as_of: DemoDay = date(2024, 12, 7),
    as_json: Json = False,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PAGE", help="Where the page goes.")] = Path(
        DEMO_PAGE
    ),
) -> int:
    """Read the bundled sample corpus on Syria, print the brief, write its page."""
    from mene.commands.read import run_demo

    return run_demo(_settings(context), as_of=as_of, as_json=as_json, page=output)


@app.command(epilog=EVERYWHERE)
def read(
    context: typer.Context,
    origins: Origins,
    published: Published = None,
    as_json: Json = False,
    as_of: AsOf = None,
    on: On = None,
    output: Page = None,
    check: Check = False,
) -> int:
    """Read one or more articles into one picture and print the brief."""
    from mene.commands.read import Asked, run_read

    asked = Asked(as_of=as_of, on=on, as_json=as_json, page=output, check=check)
    return run_read(_settings(context), origins, asked, published=published)


@app.command(epilog=EVERYWHERE)
def add(context: typer.Context, origins: Origins, published: Published = None, check: Check = False) -> int:
    """Read articles into the store; what is already there is not read again."""
    from mene.commands.keep import run_add

    return run_add(_settings(context), origins, published=published, check=check)


@app.command(epilog=EVERYWHERE)
def watch(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER|FEED|LIST...",
            help="Folders, addresses of feeds, OPML files, plain lists of these.",
        ),
    ],
    every: Annotated[
        int, typer.Option(min=1, max=10_080, metavar="MINUTES", help="How often each source is looked at.")
    ] = 15,
    once: Annotated[
        bool, typer.Option("--once", help="Look once and exit: with 2 where no source could be read.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line instead of text.")] = False,
) -> int:
    """Keep the store up to date from folders and feeds until Ctrl-C, politely."""
    from mene.commands.watch import run_watch

    return run_watch(_settings(context), sources, every=every, once=once, as_json=as_json)


@app.command(epilog=EVERYWHERE)
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help='For example "who holds Hama", "who backs HTS", "what is disputed".')],
    as_of: AsOf = None,
    on: On = None,
    as_json: Json = False,
    files: In = None,
    sample: Demo = False,
) -> int:
    """Answer a question from the store."""
    from mene.commands.answer import run_ask
    from mene.commands.kept import Kept

    kept = Kept(_settings(context), tuple(files or ()), sample)
    return run_ask(kept, question, as_of=as_of, on=on, as_json=as_json)


@app.command(epilog=EVERYWHERE)
def find(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS...", help="All must be there; '\"a phrase\"', 'prefix*', and after -- also -without."
        ),
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Where an event is told to be.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who takes part or speaks; a part of it.")] = None,
    event: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A type of event, as ASSAULT.")] = None,
    origin: Annotated[str | None, typer.Option(metavar="NAME", help="Who says it; a part of the name.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it; a part of the name.")] = None,
    modality: Annotated[str | None, typer.Option(metavar="WORD", help="How it is told, as planned.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="WORD", help="A kind of statement, as denial.")] = None,
    since: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="Happened, or else published, then or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="Happened, or else published, then or earlier.")
    ] = None,
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=_day, metavar="DAY", help="Only what was known on that day.")
    ] = None,
    originals: Annotated[bool, typer.Option("--originals", help="Leave out what copies another.")] = False,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, instead of the most relevant.")] = False,
    most: Annotated[int, typer.Option(metavar="N", help="Statements shown at once, 1 to 1000.")] = 20,
    after: Annotated[
        str | None, typer.Option(metavar="NEXT", help="Go on after the page that ended with this.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Find statements in the store by their words, and by place, actor, type, source and day."""
    from mene.commands.find import run_find
    from mene.search import Filters

    asked = Filters(
        words=" ".join(words or ()),
        place=place,
        actor=actor,
        type=event,
        origin=origin,
        outlet=outlet,
        modality=modality,
        kind=kind,
        first=since,
        last=until,
        known=as_of,
        originals_only=originals,
    )
    return run_find(_settings(context), asked, newest=newest, most=most, after=after, as_json=as_json)


@app.command(epilog=EVERYWHERE)
def claim(
    context: typer.Context,
    claim_id: Annotated[str, typer.Argument(metavar="ID", help="The id at the end of a line of the brief.")],
    as_of: AsOf = None,
    on: On = None,
    as_json: Json = False,
    files: In = None,
    sample: Demo = False,
    published: Published = None,
    explain: Explain = False,
) -> int:
    """Show the words behind a line: the sentence, who told it to whom, and its copies."""
    from mene.commands.kept import Kept

    kept = Kept(_settings(context), tuple(files or ()), sample, published)
    if explain:
        from mene.commands.why import run_explain

        return run_explain(kept, claim_id, as_of=as_of, on=on, as_json=as_json)
    from mene.commands.answer import run_claim

    return run_claim(kept, claim_id, as_of=as_of, on=on, as_json=as_json)


@app.command(epilog=EVERYWHERE)
def diff(
    context: typer.Context,
    first: Annotated[date, typer.Argument(parser=_day, metavar="DAY1")],
    second: Annotated[date, typer.Argument(parser=_day, metavar="DAY2")],
    as_json: Json = False,
    check: Check = False,
    files: In = None,
    sample: Demo = False,
) -> int:
    """Show what changed in the picture between two days, and because of which statements."""
    from mene.commands.answer import run_diff
    from mene.commands.kept import Kept

    kept = Kept(_settings(context), tuple(files or ()), sample)
    return run_diff(kept, first, second, as_json=as_json, check=check)


@app.command(epilog=EVERYWHERE)
def report(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PAGE", help="The HTML file to write.")],
    as_of: AsOf = None,
    on: On = None,
    files: In = None,
    sample: Demo = False,
    borders: Annotated[
        Path | None, typer.Option("--borders", metavar="FILE", help="Your own borders for the map, as GeoJSON.")
    ] = None,
) -> int:
    """Write the brief as one HTML file that opens offline."""
    from mene.commands.answer import run_report
    from mene.commands.kept import Kept

    return run_report(Kept(_settings(context), tuple(files or ()), sample), output, as_of=as_of, on=on, borders=borders)


@app.command(epilog=EVERYWHERE)
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8080,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="What whoever asks must know; needed for any address but this machine's.  [default: $MENE_TOKEN]",
        ),
    ] = None,
    watch: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE", help="Also watch this folder, feed, OPML file or list, as mene watch does; repeatable."
        ),
    ] = None,
    every: Annotated[
        int, typer.Option(min=1, max=10_080, metavar="MINUTES", help="How often each source is looked at.")
    ] = 15,
    sample: Demo = False,
) -> int:
    """Show the page live, with a read API, and read what is dropped on it."""
    from mene.commands.serve import Serving, run_serve

    serving = Serving(host, port, token or _settings(context).token, tuple(watch or ()), every)
    return run_serve(_settings(context), serving, sample=sample)


@app.command(epilog=EVERYWHERE)
def evaluate(
    name: Annotated[str, typer.Argument(help="Which ability, for example ud, polnear, dates.")],
    path: Annotated[Path, typer.Argument(help="A file or folder in the published format of that name.")],
    as_json: Json = False,
    held_out: Annotated[bool, typer.Option("--held-out", help="Score only what training left out.")] = False,
    folds: Annotated[int, typer.Option(min=2, help="Into how many parts training divides a set.")] = 5,
    gold_mentions: Annotated[bool, typer.Option("--gold-mentions", help="geoparsing: the mentions are given.")] = False,
) -> int:
    """Score the shipped models on data in a published format."""
    from mene.commands.score import run_evaluate

    return run_evaluate(name, path, as_json=as_json, held_out=held_out, folds=folds, gold_mentions=gold_mentions)


@own_places.callback(invoke_without_command=True)
def places_options(context: typer.Context) -> None:
    """Add places of your own to those that Mene knows, list the files, remove them."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@own_places.command("add", epilog=EVERYWHERE)
def places_add(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="A dump of GeoNames, a P-code table, or a CSV; .zip and .gz too."),
    ],
) -> int:
    """Add the places of your files; every command then knows them."""
    from mene.commands.places import run_places_add

    return run_places_add(_settings(context), files, today=date.today())


@own_places.command("list", epilog=EVERYWHERE)
def places_list(context: typer.Context, as_json: Json = False) -> int:
    """Show which files were added."""
    from mene.commands.places import run_places_list

    return run_places_list(_settings(context), as_json=as_json)


@own_places.command("remove", epilog=EVERYWHERE)
def places_remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The file's name, as mene places list shows it.")],
) -> int:
    """Take the places of a file out again."""
    from mene.commands.places import run_places_remove

    return run_places_remove(_settings(context), name)


@whole_store.callback(invoke_without_command=True)
def store_options(context: typer.Context) -> None:
    """Check the store, write it whole into one file, read such a file."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@whole_store.command("check", epilog=EVERYWHERE)
def store_check(
    context: typer.Context,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier export: all that it has must still be there, unchanged."),
    ] = None,
) -> int:
    """Check every hash and id of the store; exit with 4 where something was changed or is gone."""
    from mene.commands.store import run_store_check

    return run_store_check(_settings(context), since)


@whole_store.command("export", epilog=EVERYWHERE)
def store_export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, for example store.jsonl.gz.")],
) -> int:
    """Write the whole store, raw bytes included, into one file that any store can import."""
    from mene.commands.store import run_store_export

    return run_store_export(_settings(context), file)


@whole_store.command("import", epilog=EVERYWHERE)
def store_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that mene store export wrote.")],
) -> int:
    """Read an exported store into this one; what is already there is left as it is."""
    from mene.commands.store import run_store_import

    return run_store_import(_settings(context), file)


def hoist(words: Sequence[str]) -> list[str]:
    """Return the words with the options that hold for every command in front, where the parser looks for them.

    >>> hoist(["add", "incoming", "--store", "news.duckdb"])
    ['--store', 'news.duckdb', 'add', 'incoming']
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            return [*front, *rest, word, *waiting]
        if word in _VALUED:
            front += [word, *([value] if (value := next(waiting, None)) is not None else [])]
        elif word == "--debug" or word.startswith(tuple(f"{name}=" for name in _VALUED)):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest]


def is_interruption(error: BaseException) -> bool:
    """Tell whether an error, or one that it came from, is the user's Ctrl-C as DuckDB passes it on."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return any("Query interrupted" in str(one) or type(one).__name__ == "InterruptException" for one in chain)


MOST_FAULTS = 5
"""Faults of a user's codebook that are told one by one; of more only the number is."""


def _tell_faults(folders: Sequence[Path]) -> None:
    """Say what is wrong in a user's codebook that can be read all the same; raises CodebookError for what cannot."""
    from mene.codebook.check import check_codebook, find_strays
    from mene.commands.output import say

    faults = [*(stray for folder in folders for stray in find_strays(folder)), *check_codebook(*folders)]
    for fault in faults[:MOST_FAULTS]:
        say(f"note: {fault}; the rest is used")
    if len(faults) > MOST_FAULTS:
        say(f"note: {len(faults) - MOST_FAULTS} more faults in the codebook")


def run(words: Sequence[str]) -> int:
    """Return the exit code of one call, after one line on standard error for any error (a trace with --debug)."""
    from mene.commands.output import CLOSED_PIPE, OutputClosedError, say

    debug = "--debug" in words
    try:
        code = app(hoist(words), prog_name="mene", standalone_mode=False)
    except (OutputClosedError, BrokenPipeError):
        return CLOSED_PIPE
    except _UsageError as error:
        told = error.format_message().rstrip(".")  # type: ignore[attr-defined]
        say(f"error: {told}; mene --help shows what can be typed")
        return InputError.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as error:
        if is_interruption(error):  # DuckDB turns Ctrl-C into an error of its own
            say("stopped")
            return 130
        if debug:
            traceback.print_exc()
        told = str(error) if isinstance(error, MeneError) else f"unexpected {type(error).__name__}: {error}"
        say(f"error: {told}" + ("" if isinstance(error, MeneError) else "; --debug shows the trace"))
        return getattr(error, "exit_code", 1)
    if code == 130:
        say("stopped")
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a replacement, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
