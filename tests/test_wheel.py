"""The wheel: installed in an empty environment it serves without a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live_site import clean_environment
from tools.postgresql import free_port

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_package_but_the_tests(wheel: Path) -> None:
    expected = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "digitiekartta").rglob("*")
        if path.is_file() and not {"tests", "__pycache__"} & set(path.parts)
    }
    assert expected - _names(wheel) == set()
    assert not [name for name in _names(wheel) if "/tests/" in name or name.startswith("tests/")]


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in _names(wheel))
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        assert b"License-Expression: EUPL-1.2" in archive.read(metadata)


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as the wheel installs it; its dependencies are borrowed from this environment."""
    place = tmp_path_factory.mktemp("venv")
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    folder = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel],
        check=True,
        capture_output=True,
    )
    # After the wheel itself on the path; the borrowed folder's own .pth files are not read.
    (Path(folder) / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return place / "bin" / "digitiekartta"


def test_the_installed_command_is_not_that_of_the_checkout(command: Path, tmp_path: Path) -> None:
    python = command.parent / "python"
    where = subprocess.run(
        [python, "-c", "import digitiekartta; print(digitiekartta.__file__)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert where.startswith(str(command.parent.parent))


@pytest.fixture
def served(command: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site served by the installed command from an empty folder."""
    port = free_port()
    with subprocess.Popen(
        [command, "serve", "--port", str(port)],
        cwd=tmp_path,
        env=clean_environment(PATH=os.defpath),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_the_installed_wheel_serves_the_example_from_an_empty_folder(
    served: str, tmp_path: Path
) -> None:
    page = _eventually(f"{served}/kauhava/")
    assert "Kauhavan digitiekartta" in page
    assert "/static/" in page
    assert (tmp_path / "var" / "digitiekartta.sqlite3").exists()


def _eventually(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
