"""The command line: one function a command; what a command needs is imported only where it is run.

A command ends with 0 when it is done, with 2 and one line when what it was given cannot be used,
and with 1 when the failure is ours. With `--json` it prints JSON and nothing else.
"""

import asyncio
import datetime as dt
import errno
import json
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.input_error import InputError
from bot.settings import SettingsError, read_settings

BAD_INPUT = 2
PLAYGROUND_HOST = "127.0.0.1"
PLAYGROUND_PORT = 8000

app = typer.Typer(
    name="bagyt",
    help="A Telegram bot that takes a parent to the right papers, at the right door, by the date.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

office_app = typer.Typer(help="Offices: who is responsible, and one office whole.")
directory_app = typer.Typer(help="The whole directory: export and import it, undo, look it over.")
places_app = typer.Typer(help="Boundaries and settlements, from open files.")
app.add_typer(places_app, name="places", no_args_is_help=True)
app.add_typer(office_app, name="office", no_args_is_help=True)
app.add_typer(directory_app, name="directory", no_args_is_help=True)
complaints_app = typer.Typer(help="Complaints: how they stand; masked unless asked otherwise.")
app.add_typer(complaints_app, name="complaints", no_args_is_help=True)
roles_app = typer.Typer(help="People's roles: who holds which, give one, take one back.")
app.add_typer(roles_app, name="roles", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print the JSON of the contract.")]
Personal = Annotated[
    bool, typer.Option("--personal", help="Show what is personal too; this is written down.")
]
PersonId = Annotated[int, typer.Argument(metavar="PERSON", min=1, help="An id of Telegram.")]
RoleWord = Annotated[str, typer.Argument(metavar="ROLE", help="admin, editor, official or viewer.")]
ServiceId = Annotated[str, typer.Argument(metavar="ID", help="The id of a service.")]


class Purpose(Enum):
    """What an office is wanted for."""

    PROVIDER = "provider"
    COMPLAINT = "complaint"
    INFORMATION = "information"


class Form(Enum):
    """What the directory can be written as."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


def main() -> None:
    """Run a command, and say in one line what the operator has to change."""
    from core.store.problems import DatabaseError
    from core.store.sealing import SealingError

    try:
        app()
    except (SettingsError, InputError, DatabaseError, SealingError) as wrong:
        typer.echo(str(wrong), err=True)
        sys.exit(BAD_INPUT)
    except OSError as wrong:
        if wrong.errno != errno.EADDRINUSE:
            raise
        typer.echo(
            f"{wrong.strerror}; stop what listens there, or choose another port: HEALTH_PORT, "
            "WEBHOOK_PORT, or --port of `playground`",
            err=True,
        )
        sys.exit(BAD_INPUT)


@app.command()
def run() -> None:
    """Run the bot: on Telegram with BOT_TOKEN, without one in the playground."""
    settings = read_settings()
    if settings.token is None:
        typer.echo("BOT_TOKEN is not set, so the playground starts instead of Telegram.", err=True)
        playground()
        return
    import uvloop

    from bot.app import run_bot
    from bot.watch.logs import set_up_logs

    set_up_logs(settings.log_level, settings.log_format)
    uvloop.run(run_bot(settings))


@app.command()
def playground(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = PLAYGROUND_HOST,
    port: Annotated[int, typer.Option(help="Port; 0 takes any free one.")] = PLAYGROUND_PORT,
) -> None:
    """Run the bot against a Telegram of its own, with a web page to chat on."""
    from bot.play import run_playground
    from bot.watch.logs import set_up_logs

    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format)
    asyncio.run(run_playground(host, port))


@app.command()
def services(*, as_json: AsJson = False) -> None:
    """List all services."""
    from bot import queries

    found = queries.services(read_settings())
    _print(found, [f"{each['id']}: {each['short']['ru']}" for each in found], as_json=as_json)


@app.command()
def service(service_id: ServiceId, *, as_json: AsJson = False) -> None:
    """Show one service with all its facts."""
    from bot import queries

    found = queries.service(read_settings(), service_id)
    _print(found, [_indented(found)], as_json=as_json)


@app.command()
def ask(
    service_id: ServiceId,
    *,
    answers: Annotated[str, typer.Option(help="JSON: option ids by question id.")] = "{}",
    on: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not given.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="The id of where the family lives.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take answers to a service's questions; give the next question or the outcome."""
    from bot import queries

    found = queries.ask(read_settings(), service_id, answers, on.date() if on else None, place)
    _print(found, [_indented(found)], as_json=as_json)


@app.command()
def paths(service_id: ServiceId, *, as_json: AsJson = False) -> None:
    """Walk every way through the questions of a service."""
    from bot import queries

    found = queries.paths(read_settings(), service_id)
    lines = [f"{each['outcome']}: {json.dumps(each['answers'])}" for each in found]
    _print(found, lines, as_json=as_json)


@app.command()
def search(text: str, *, as_json: AsJson = False) -> None:
    """Find services in one's own words, in either language."""
    from bot import queries

    found = queries.search(read_settings(), text)
    lines = [f"{each['score']:.2f} {each['service']}" for each in found["results"]]
    _print_found(found, lines, as_json=as_json)


@app.command()
def place(text: str, *, as_json: AsJson = False) -> None:
    """Find places by what people call them, in either language."""
    from bot import queries

    found = queries.place(read_settings(), text)
    lines = [f"{each['score']:.2f} {each['id']}: {each['name']['ru']}" for each in found["results"]]
    _print_found(found, lines, as_json=as_json)


@office_app.command("find")
def office_find(
    *,
    service: Annotated[str, typer.Option(help="The id of a service.")],
    text: Annotated[str | None, typer.Option(help="A place or an office in one's words.")] = None,
    place: Annotated[str | None, typer.Option(help="The id of a place.")] = None,
    lat: Annotated[float | None, typer.Option(help="Latitude in degrees.")] = None,
    lon: Annotated[float | None, typer.Option(help="Longitude in degrees.")] = None,
    purpose: Annotated[
        Purpose, typer.Option("--as", help="What the office is wanted for.")
    ] = Purpose.PROVIDER,
    as_json: AsJson = False,
) -> None:
    """Find the office that is responsible, then the nearest."""
    from bot import queries

    where = queries.Where(text, place, lat, lon)
    found = queries.office_find(read_settings(), service, where, purpose.value)
    _print(found, _told_offices(found), as_json=as_json)


@office_app.command("show")
def office_show(
    office_id: Annotated[str, typer.Argument(metavar="ID")], *, as_json: AsJson = False
) -> None:
    """Show one office with all its listings."""
    from bot import queries

    found = queries.office_show(read_settings(), office_id)
    _print(found, [_indented(found)], as_json=as_json)


@places_app.callback()
def _places() -> None:
    """Keep `import` a word of its own, also while it is the only one."""


@places_app.command("import")
def places_import(
    file: Annotated[
        Path,
        typer.Argument(
            help="GeoJSON: polygons of districts with names; or settlements: a GeoNames dump or "
            "a CSV with a heading."
        ),
    ],
) -> None:
    """Keep boundaries, so that a location decides by itself, or settlements to be found by name.

    Import boundaries first: they say in which district a settlement lies.
    """
    from bot import queries

    for line in queries.told_of_import(queries.places_import(read_settings(), file)):
        typer.echo(f"{file}: {line}", err=True)


@directory_app.command("export")
def directory_export(
    *,
    form: Annotated[Form, typer.Option("--format", help="What to write.")] = Form.JSONL,
    out: Annotated[Path | None, typer.Option(help="A file, or a folder with --as-data.")] = None,
    as_data: Annotated[bool, typer.Option("--as-data", help="Write the files of data/.")] = False,
) -> None:
    """Write every office, one a line."""
    from bot import queries

    settings = read_settings()
    if as_data:
        for file in queries.directory_export_as_data(settings, out):
            typer.echo(f"{file}: written", err=True)
        return
    text = queries.directory_export(settings, form.value, out)
    if text is not None:
        sys.stdout.buffer.write(text.encode())
    else:
        typer.echo(f"{out}: written", err=True)


@directory_app.command("import")
def directory_import(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV with the columns of the export.")],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without this, only tell what would change.")
    ] = False,
    whole: Annotated[
        bool | None,
        typer.Option(
            "--whole/--part",
            help="Close what is not in the table, or leave it; by itself only if hardly any is.",
        ),
    ] = None,
    marked: Annotated[
        Path | None, typer.Option(help="Write the table as XLSX with what changes coloured.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a table of offices would change, and change it if told to: all or nothing."""
    from bot import tables

    wrong = 0

    def tell(found: tables.Imported) -> None:
        nonlocal wrong
        wrong = found.found.summary.errors
        lines = found.as_json() if as_json else tables.told_import(found, apply=apply)
        for each in lines:
            sys.stdout.buffer.write(each.encode())

    def progress(what: str, rows: int) -> None:
        typer.echo(f"{what}: {rows}", err=True)

    wanted = tables.Wanted(file, apply, whole, marked)
    tables.import_table(read_settings(), wanted, tell, progress)
    sys.stdout.buffer.flush()
    if apply and wrong:
        raise InputError(f"{file}: {wrong} mistakes, so nothing was applied")


@directory_app.command("undo")
def directory_undo(
    number: Annotated[int, typer.Argument(metavar="IMPORT", min=1, help="From `import`, `log`.")],
    *,
    change: Annotated[
        bool, typer.Option("--change", help="The number is that of a single change in the log.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Undo also what was edited since.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring back what was there before an import; what was edited since stays, and is told."""
    from bot import tables

    undo = tables.undo_change if change else tables.undo_import
    found = undo(read_settings(), number, force=force)
    left = [f"left as it is: {e['id']} {e['field']} ({e['why']})" for e in found["left"]]
    _print(found, [f"{found['changes']} offices as they were before", *left], as_json=as_json)


@directory_app.command("log")
def directory_log(
    *,
    office: Annotated[str | None, typer.Option(help="The id of one office.")] = None,
    most: Annotated[int, typer.Option("--limit", min=1, help="So many of the latest.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the latest changes of offices: who, when, from where, old and new."""
    from bot import tables

    found = tables.log(read_settings(), office, most)
    _print(found, tables.told(found), as_json=as_json)


@directory_app.command("check")
def directory_check(*, as_json: AsJson = False) -> None:
    """List the offices of which something is suspicious."""
    from bot import queries

    found = queries.directory_check(read_settings())
    lines = [
        f"{each['id']} {flag['kind']}: {flag['text']}" for each in found for flag in each["flags"]
    ]
    _print(found, lines, as_json=as_json)


@roles_app.command("list")
def roles_list(*, as_json: AsJson = False) -> None:
    """List every role that is held."""
    from bot import people

    found = people.list_roles(read_settings())
    lines = [
        f"{each['person']} {each['role']} {json.dumps(each['scope'], ensure_ascii=False)}"
        for each in found
    ]
    _print(found, lines, as_json=as_json)


@roles_app.command("grant")
def roles_grant(
    person: PersonId,
    role: RoleWord,
    *,
    offices: Annotated[list[str] | None, typer.Option("--office", help="An office's id.")] = None,
    places: Annotated[
        list[str] | None, typer.Option("--place", help="A region's or district's id.")
    ] = None,
    services: Annotated[
        list[str] | None, typer.Option("--service", help="A service's id; all if none is named.")
    ] = None,
) -> None:
    """Give a role; an official's with the offices, places and services it is for."""
    from bot import people

    bounds = people.Bounds(offices or (), places or (), services or ())
    given = people.grant_role(read_settings(), person, role, bounds)
    typer.echo(f"{person}: {role} {'given' if given else 'held already'}", err=True)


@roles_app.command("revoke")
def roles_revoke(person: PersonId, role: RoleWord) -> None:
    """Take a role back, wherever the person holds it; the last admin stays."""
    from bot import people

    taken = people.revoke_roles(read_settings(), person, role)
    typer.echo(f"{person}: {role} {'taken back' if taken else 'not held'}", err=True)


@complaints_app.command("list")
def complaints_list(
    *,
    only_open: Annotated[bool, typer.Option("--open", help="Only those still open.")] = False,
    personal: Personal = False,
    as_json: AsJson = False,
) -> None:
    """List complaints, the newest first, without anything personal."""
    from bot import complaints

    found = complaints.list_complaints(read_settings(), only_open=only_open, personal=personal)
    _print(found, complaints.told(found), as_json=as_json)


@complaints_app.command("show")
def complaints_show(
    number: Annotated[str, typer.Argument(metavar="N", help="A number, such as 12-5.")],
    *,
    personal: Personal = False,
    as_json: AsJson = False,
) -> None:
    """Show one complaint with its story, without anything personal."""
    from bot import complaints

    found = complaints.show_complaint(read_settings(), number, personal=personal)
    _print(found, [_indented(found)], as_json=as_json)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write; must not exist yet.")],
) -> None:
    """Write a copy of the database to a file while the bot runs; the key is never in it."""
    from core.store.backup import backup as write_backup

    write_backup(read_settings().database_url, file)
    typer.echo(f"{file}: written; the key is not in it, keep that elsewhere", err=True)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Put a backup in the place of the database; the bot must not be running."""
    from bot.secrets import sealer_of
    from core.store.backup import restore as put_back

    settings = read_settings()
    put_back(file, settings.database_url, sealer_of(settings))
    typer.echo(f"{file}: restored", err=True)


@app.command()
def keep(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how much would be erased.")
    ] = False,
) -> None:
    """Erase what has lain longer than the settings allow; the running bot does so every day."""
    from bot.keeping import erase_now

    erased = asyncio.run(erase_now(read_settings(), dry_run=dry_run))
    done = "would be erased" if dry_run else "erased"
    typer.echo(
        f"{done}: {erased.enquiries} enquiries, {erased.watches} watches, "
        f"{erased.complaints} complaints, {erased.reports} reports"
    )


@app.command()
def rotate() -> None:
    """Seal everything anew with the first key of SECRET_KEY; the bot may run, with both keys."""
    from bot.secrets import rotate_now

    rows = asyncio.run(rotate_now(read_settings()))
    typer.echo(f"{rows} rows sealed with the first key; the others can go from SECRET_KEY now")


@app.command()
def doctor() -> None:
    """Check settings, token, database, clock, languages and data, and say what to do."""
    from bot.watch.doctor import examine

    findings = asyncio.run(examine())
    for each in findings:
        typer.echo(str(each))
    if not all(each.well for each in findings):
        raise typer.Exit(1)


def _print(value: Any, lines: list[str], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    else:
        for each in lines:
            typer.echo(each)


def _print_found(value: Any, lines: list[str], *, as_json: bool) -> None:
    if not lines and not as_json:
        typer.echo("nothing is found", err=True)
    _print(value, lines, as_json=as_json)


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _told_offices(found: dict[str, Any]) -> list[str]:
    asked = [f"? {each['id']}: {each['name']['ru']}" for each in found["ambiguous"]]
    offices = [
        f"{each['id']}: {each['name']['ru']}: {each['why']['ru']}" for each in found["offices"]
    ]
    instead = found["instead"]
    return [
        *asked,
        *offices,
        *([f"{instead['office']}: {instead['why']['ru']}"] if instead else []),
    ]
