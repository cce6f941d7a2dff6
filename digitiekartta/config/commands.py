"""The command ``digitiekartta``: exit code 0 done, 1 a problem told in one sentence, 2 wrong usage.

What a command needs is imported when it runs, so that every command starts fast.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .environment import SettingError, keep_to_owner
from .problems import ProblemError
from .words import counted


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """The platform on which a municipality runs its digital roadmap."""


@commands.command()
@click.option("--host", envvar=["HOST"], default="127.0.0.1", show_default=True)
@click.option(
    "--port", envvar=["PORT"], type=click.IntRange(0, 65535), default=8000, show_default=True
)
@click.option(
    "--workers", envvar=["WORKERS"], type=click.IntRange(1, 64), default=1, show_default=True
)
@click.option(
    "--empty", envvar=["DIGITIEKARTTA_EMPTY"], is_flag=True, help="Load no example content."
)
def serve(host: str, port: int, workers: int, empty: bool) -> None:
    """Serve the site; an empty database gets Kauhava with example content."""
    from . import serving  # noqa: PLC0415

    serving.serve(host=host, port=port, workers=workers, example=not empty)


@commands.command()
@click.option("--remove", is_flag=True, help="Remove all example content.")
def demo(remove: bool) -> None:
    """Load the example into an empty database, or remove all example content."""
    from . import database  # noqa: PLC0415

    if remove:
        database.set_up_existing()
    else:
        database.make()
    from digitiekartta.ui.clock import now  # noqa: PLC0415 - after set_up

    from .example import load_example, remove_example  # noqa: PLC0415

    if remove:
        count = remove_example(now())
        towns = counted(count, "municipality", "municipalities")
        click.echo(f"Example content was removed from {towns}.")
    elif load_example(now()):
        click.echo(f"The example was loaded into {database.name()}.")
    else:
        raise ProblemError(
            "there is a municipality already; the example goes into an empty database"
        )


@commands.command()
@click.option("--kunta", required=True, help="The municipality as its address names it: kauhava.")
@click.option("--email", required=True, help="The coordinator's address.")
@click.option(
    "--port", envvar=["PORT"], type=click.IntRange(1, 65535), default=8000, show_default=True
)
def coordinator(kunta: str, email: str, port: int) -> None:
    """Make somebody the coordinator of a municipality; prints a link that signs in once."""
    from .database import set_up_existing  # noqa: PLC0415

    set_up_existing()
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .people import coordinator_link  # noqa: PLC0415

    site = settings.PUBLIC_URL or f"http://localhost:{port}"
    click.echo(coordinator_link(slug=kunta, email=email, site=site, at=now()))


@commands.command()
@click.option(
    "--port", envvar=["PORT"], type=click.IntRange(1, 65535), default=8000, show_default=True
)
def cast(port: int) -> None:
    """Print new one-time links for the cast of the example: every side of the work."""
    from .database import set_up_existing  # noqa: PLC0415

    set_up_existing()
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .people import cast_links  # noqa: PLC0415

    if settings.PUBLIC_URL:
        raise ProblemError("the cast is for trying the site on this computer, not a public one")
    links = cast_links(site=f"http://localhost:{port}", at=now())
    if not links:
        raise ProblemError("there is no example content, so there is no cast")
    click.echo("\n".join(f"{who}: {link}" for who, link in links))


@commands.command()
@click.option(
    "--port", envvar=["PORT"], type=click.IntRange(1, 65535), default=8000, show_default=True
)
def setup(port: int) -> None:
    """Print a link by which one new municipality is set up, once, within seven days."""
    from .database import set_up_existing  # noqa: PLC0415

    set_up_existing()
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .people import set_up_link  # noqa: PLC0415

    site = settings.PUBLIC_URL or f"http://localhost:{port}"
    click.echo(set_up_link(site=site, at=now()))


@commands.command()
def migrate() -> None:
    """Bring the database up to date with this version."""
    from . import database  # noqa: PLC0415

    done = "was brought up to date" if database.make() else "was up to date already"
    name = database.name()
    click.echo(f"{name[0].upper()}{name[1:]} {done}.")


@commands.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-secret-key", is_flag=True, help="Include the key that signs sessions.")
def backup(path: Path, with_secret_key: bool) -> None:
    """Write everything into one file; the site may be served meanwhile."""
    from .backup import write_backup  # noqa: PLC0415

    click.echo(write_backup(path, with_key=with_secret_key))


@commands.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
def restore(path: Path) -> None:
    """Put a backup in place of the database, once it is proved whole."""
    from .restore import restore_backup  # noqa: PLC0415

    click.echo(restore_backup(path))


@commands.command()
def tick() -> None:
    """Do what is due: count today's survey answers. ``serve`` does it by itself."""
    from . import database  # noqa: PLC0415

    database.set_up_existing()
    from .ticking import tick as do_what_is_due  # noqa: PLC0415 - has tables

    count = do_what_is_due()
    click.echo(f"{counted(count, 'group')} {'was' if count == 1 else 'were'} counted.")


@commands.command()
def version() -> None:
    """Tell the version."""
    from digitiekartta import __version__  # noqa: PLC0415

    click.echo(__version__)


def main() -> None:
    """Runs the command line and ends the process with the right exit code.

    A full disk or a database that fails is told in a sentence like any other problem; what is a
    defect of the platform keeps its traceback.
    """
    keep_to_owner()
    try:
        commands(prog_name="digitiekartta")
    except (ProblemError, SettingError) as problem:
        _end(str(problem))
    except Exception as problem:
        from .database import told  # noqa: PLC0415

        sentence = told(problem)
        if sentence is None:
            raise
        _end(sentence)


def _end(sentence: str) -> None:
    click.echo(f"digitiekartta: {sentence}", err=True)
    sys.exit(1)
