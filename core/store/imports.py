"""Tables of offices that were sent, in the database: what each would change, what became of it.

What was sent, what is planned and what was marked are kept sealed and in pieces, for as long as
they are needed; the row stays, for what an import changed can be undone weeks later.
"""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, delete, insert, select, update

from core.store.sealing import Sealed, Sealer
from core.store.tables import import_parts as parts
from core.store.tables import imports
from core.store.transaction import Transaction

State = Literal["waiting", "ready", "faulty", "left", "applying", "applied", "undoing", "undone"]
Origin = Literal["chat", "command"]
PartKind = Literal["table", "plan", "marked"]

TO_DO: Sequence[State] = ("waiting", "applying", "undoing")
PIECE = 512 * 1024
"""So many bytes are sealed at once: neither the key nor a statement has to take more."""


@dataclass(frozen=True, slots=True)
class Import:
    """One table that was sent.

    `base` is the change after which nothing else may have happened when it is applied; `whole` says
    whether the table is the whole directory, if somebody decided that; `summary` has what would
    change in numbers, `findings` what is wrong in words of the program.
    """

    id: int
    origin: Origin
    person_id: int | None
    file_name: str | None
    state: State
    whole: bool | None
    base: int | None
    rows: int
    summary: Mapping[str, Any] | None
    findings: Mapping[str, Any] | None
    made_at: datetime
    changed_at: datetime
    applied_at: datetime | None
    applied_by: int | None
    undone_at: datetime | None
    undone_by: int | None


_NEW = ("origin", "person_id", "file_name", "state", "whole", "rows", "made_at", "changed_at")
BEGIN = insert(imports).values({name: bindparam(name) for name in _NEW}).returning(imports.c.id)
FIND = select(imports).where(imports.c.id == bindparam("number"))
LATEST = (
    select(imports)
    .where(imports.c.id < bindparam("before"), imports.c.applied_at.is_not(None))
    .order_by(imports.c.id.desc())
    .limit(bindparam("most"))
)
NEXT = select(imports).where(imports.c.state.in_(TO_DO)).order_by(imports.c.id).limit(1)
MOVE = (
    update(imports)
    .where(
        imports.c.id == bindparam("number"),
        imports.c.state.in_(bindparam("present", expanding=True)),
    )
    .values(state=bindparam("next"), changed_at=bindparam("now"))
)
COUNT_ROWS = (
    update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(rows=bindparam("count"), changed_at=bindparam("now"))
)
DECIDE_WHOLE = (
    update(imports).where(imports.c.id == bindparam("number")).values(whole=bindparam("decided"))
)
TELL = (
    update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(
        base=bindparam("last"),
        rows=bindparam("count"),
        summary=bindparam("told"),
        findings=bindparam("found"),
    )
)
SIGN_APPLIED = (
    update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(applied_at=bindparam("now"), applied_by=bindparam("person"))
)
SIGN_UNDONE = (
    update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(undone_at=bindparam("now"), undone_by=bindparam("person"), findings=bindparam("found"))
)
SIGN_WISH = {
    "applying": update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(applied_by=bindparam("person")),
    "undoing": update(imports)
    .where(imports.c.id == bindparam("number"))
    .values(undone_by=bindparam("person")),
}
ADD_PART = insert(parts).values({n: bindparam(n) for n in ("import_id", "kind", "body")})
PARTS = (
    select(parts.c.id, parts.c.body)
    .where(
        parts.c.import_id == bindparam("number"),
        parts.c.kind == bindparam("which"),
        parts.c.id > bindparam("after"),
    )
    .order_by(parts.c.id)
    .limit(1)
)
HAS_PARTS = (
    select(parts.c.id)
    .where(parts.c.import_id == bindparam("number"), parts.c.kind == bindparam("which"))
    .limit(1)
)
DROP_PARTS = delete(parts).where(
    parts.c.import_id == bindparam("number"), parts.c.kind.in_(bindparam("kinds", expanding=True))
)
FORGET_PARTS = delete(parts).where(
    parts.c.import_id.in_(
        select(imports.c.id).where(
            imports.c.state.not_in(TO_DO), imports.c.changed_at < bindparam("before")
        )
    )
)
LEAVE_IDLE = (
    update(imports)
    .where(imports.c.state == "ready", imports.c.changed_at < bindparam("before"))
    .values(state="left")
)

NO_LIMIT = 2**63 - 1


async def begin(
    tx: Transaction,
    *,
    origin: Origin,
    person_id: int | None,
    file_name: str,
    now: datetime,
    whole: bool | None = None,
    state: State = "waiting",
) -> int:
    """Keep that a table was sent; give its number."""
    values = {
        "origin": origin,
        "person_id": person_id,
        "file_name": tx.sealer.seal(file_name),
        "state": state,
        "whole": whole,
        "rows": 0,
        "made_at": now,
        "changed_at": now,
    }
    number: int = await tx.scalar(BEGIN, values)
    return number


async def find(tx: Transaction, number: int) -> Import | None:
    """The import of a number."""
    row = await tx.first(FIND, {"number": number})
    return None if row is None else _import(tx, row)


async def latest(tx: Transaction, *, before: int = NO_LIMIT, most: int = 50) -> Sequence[Import]:
    """The imports that were applied, the newest first."""
    return [_import(tx, row) for row in await tx.all(LATEST, {"before": before, "most": most})]


async def next_to_do(tx: Transaction) -> Import | None:
    """The first import with which something is to be done."""
    row = await tx.first(NEXT)
    return None if row is None else _import(tx, row)


async def move(
    tx: Transaction,
    number: int,
    present: Sequence[State],
    state: State,
    now: datetime,
    *,
    person_id: int | None = None,
) -> bool:
    """Let another state follow one of these; tell whether it was in one of them."""
    values = {"number": number, "present": present, "next": state, "now": now}
    if not await tx.execute(MOVE, values):
        return False
    if state in SIGN_WISH:
        await tx.execute(SIGN_WISH[state], {"number": number, "person": person_id})
    return True


async def count_rows(tx: Transaction, number: int, rows: int, now: datetime) -> None:
    """Keep how far the work is."""
    await tx.execute(COUNT_ROWS, {"number": number, "count": rows, "now": now})


async def decide_whole(tx: Transaction, number: int, *, whole: bool | None) -> None:
    """Keep whether a table is the whole directory."""
    await tx.execute(DECIDE_WHOLE, {"number": number, "decided": whole})


async def tell(
    tx: Transaction,
    number: int,
    *,
    base: int,
    summary: Mapping[str, Any],
    findings: Mapping[str, Any],
) -> None:
    """Keep what came of a dry run."""
    values = {
        "number": number,
        "last": base,
        "count": summary.get("rows", 0),
        "told": summary,
        "found": tx.sealer.seal_json(findings),
    }
    await tx.execute(TELL, values)


async def sign_applied(tx: Transaction, number: int, person_id: int | None, now: datetime) -> None:
    """Keep when an import was applied, and by whom."""
    await tx.execute(SIGN_APPLIED, {"number": number, "person": person_id, "now": now})


async def sign_undone(
    tx: Transaction,
    number: int,
    person_id: int | None,
    now: datetime,
    findings: Mapping[str, Any],
) -> None:
    """Keep when an import was undone, by whom, and what was left."""
    found = tx.sealer.seal_json(findings)
    values = {"number": number, "person": person_id, "now": now, "found": found}
    await tx.execute(SIGN_UNDONE, values)


def sealed_pieces(sealer: Sealer, content: Iterable[bytes]) -> Iterator[Sealed]:
    """Content packed, cut into pieces and sealed; takes a while, and needs no database."""
    packer = zlib.compressobj(1)
    held = bytearray()
    for each in content:
        held += packer.compress(each)
        while len(held) >= PIECE:
            yield _sealed(sealer, held[:PIECE])
            del held[:PIECE]
    held += packer.flush()
    if held:
        yield _sealed(sealer, held)


async def keep_parts(
    tx: Transaction, number: int, kind: PartKind, pieces: Iterable[Sealed]
) -> None:
    """Keep the pieces of something in place of those before."""
    await drop_parts(tx, number, kind)
    for each in pieces:
        await tx.execute(ADD_PART, {"import_id": number, "kind": kind, "body": each})


async def has_parts(tx: Transaction, number: int, kind: PartKind) -> bool:
    """Whether something is still kept."""
    return await tx.scalar(HAS_PARTS, {"number": number, "which": kind}) is not None


async def pieces(tx: Transaction, number: int, kind: PartKind) -> Sequence[Sealed]:
    """The pieces of something, as they are kept."""
    found: list[Sealed] = []
    after = 0
    while row := await tx.first(PARTS, {"number": number, "which": kind, "after": after}):
        found.append(row.body)
        after = row.id
    return found


def opened(sealer: Sealer, sealed: Iterable[Sealed]) -> Iterator[bytes]:
    """What was kept in pieces, a piece at a time; needs no database."""
    unpacker = zlib.decompressobj()
    for each in sealed:
        yield unpacker.decompress(b64decode(sealer.open(each)))
    yield unpacker.flush()


async def drop_parts(tx: Transaction, number: int, *kinds: PartKind) -> None:
    """Let go of what is needed no longer."""
    await tx.execute(DROP_PARTS, {"number": number, "kinds": kinds})


async def forget_idle(tx: Transaction, before: datetime) -> None:
    """Let go of tables that nobody has touched since then; they cannot be applied any more."""
    await tx.execute(LEAVE_IDLE, {"before": before})
    await tx.execute(FORGET_PARTS, {"before": before})


def _sealed(sealer: Sealer, piece: bytes | bytearray) -> Sealed:
    return sealer.seal(b64encode(piece).decode("ascii"))


def _import(tx: Transaction, row: Row[Any]) -> Import:
    values = row._asdict()
    name, findings = values["file_name"], values["findings"]
    values["file_name"] = None if name is None else tx.sealer.open(name)
    values["findings"] = None if findings is None else tx.sealer.open_json(findings)
    return Import(**values)
