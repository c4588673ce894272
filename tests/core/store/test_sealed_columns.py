"""What stands in clear in the database is named here; anything else that holds words is sealed.

A new column of words adds itself to this list only after somebody asked: could it hold what a
person wrote, or tell of one?
"""

from sqlalchemy import Text
from sqlalchemy.types import TypeEngine

from core.store import tables
from core.store.columns import Json, SealedText

CLEAR = {
    # What the bot says itself, or what an admin says to everybody.
    "announcements": {"audience", "kk", "ru", "state", "counted"},
    # Public: services, offices and places.
    "boundaries": {"place", "rings"},
    "changes": {"office", "kind", "fields", "state", "origin"},
    "gazetteer": {"id", "body"},
    "office_aliases": {"old", "office", "origin"},
    "offices": {"id", "kind", "region", "district", "locality", "body", "origin", "offered"}
    | {"edited"},
    "places": {"id", "body"},
    "service_drafts": {"service", "body", "based_on"},
    "service_offers": {"service", "body"},
    "service_versions": {"service", "version", "body", "origin"},
    # Ids, states, codes and numbers of the bot's own.
    "bindings": {"ended_why"},
    "chats": {"kind", "state"},
    "complaint_events": {"kind", "by", "office", "data"},
    "complaint_files": {"kind"},
    "complaints": {"language", "service", "place", "office", "addressee", "subject", "state"}
    | {"registered_on"},
    "copies": {"id"},
    "counters": {"what", "key"},
    "enquiries": {"service", "rules_version", "state"},
    "faults": {"kind"},
    "imports": {"origin", "state", "summary"},
    "import_parts": {"kind"},
    "invites": {"token_hash", "role", "scope"},
    "leases": {"name", "holder"},
    "lookups": {"origin", "who", "what"},
    "meta": {"key", "value"},
    "missed_searches": {"words_mark", "person_mark"},
    "outgoing": {"cause", "once", "about", "state", "error"},
    "people": {"language", "view", "was", "seen"},
    "reports": {"language", "office", "topic", "state"},
    "reminders": {"kind", "service"},
    "role_events": {"kind", "origin", "role", "scope"},
    "roles": {"role", "scope"},
    "watches": {"service", "office", "state"},
    "wishes": {"wish"},
}
SEALED = {
    "complaint_events": {"words"},
    "complaint_files": {"file_id", "name"},
    "complaints": {"said", "incoming_number"},
    "enquiries": {"answers", "ticked", "label"},
    "import_parts": {"body"},
    "imports": {"file_name", "findings"},
    "invites": {"opened_name"},
    "missed_searches": {"words"},
    "outgoing": {"body"},
    "people": {"memory"},
    "reports": {"said"},
    "roles": {"name"},
    "watches": {"body"},
}
"""What people wrote, were told or own."""


def is_clear(kind: TypeEngine[object]) -> bool:
    return isinstance(kind, (Text, Json)) and not isinstance(kind, SealedText)


def test_only_what_is_named_stands_in_clear() -> None:
    clear = {
        table.name: {column.name for column in table.columns if is_clear(column.type)}
        for table in tables.metadata.sorted_tables
    }
    assert {name: columns for name, columns in clear.items() if columns} == CLEAR


def test_what_people_wrote_is_sealed() -> None:
    sealed = {
        table.name: {column.name for column in table.columns if isinstance(column.type, SealedText)}
        for table in tables.metadata.sorted_tables
    }
    assert {name: columns for name, columns in sealed.items() if columns} == SEALED
