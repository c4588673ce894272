"""Where the files of the project are: everything in a clone that was not made by running it."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "dialogs", "core")
# Folders that tools and the bot make; whatever begins with a dot is looked at only when named here.
MADE = {"__pycache__", "var", "dist", "htmlcov"}
HIDDEN_OF_OURS = {".ci", ".dockerignore", ".editorconfig", ".env.example", ".gitignore"}
TEXT_ENDINGS = {
    "", ".cfg", ".css", ".csv", ".example", ".html", ".js", ".json", ".jsonl", ".lock", ".mako",
    ".md", ".po", ".pot", ".py", ".service", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    """Walk the files that people read and write."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE or (path.name.startswith(".") and path.name not in HIDDEN_OF_OURS):
            continue
        if path.is_dir():
            yield from text_files(path)
        elif path.suffix in TEXT_ENDINGS:
            yield path


def files_of(*folders: str) -> Iterator[Path]:
    """Walk the files of some folders of the project, as far as they exist."""
    for folder in folders:
        if (ROOT / folder).is_dir():
            yield from text_files(ROOT / folder)


def name_of(path: Path) -> str:
    """Tell a file's name as it is written in the project."""
    return path.relative_to(ROOT).as_posix()
