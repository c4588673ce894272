"""What can be wrong with a database, in words for the operator."""


class DatabaseError(Exception):
    """The database cannot be used as it is; the text says why and what to do."""


class DatabaseAwayError(DatabaseError):
    """The database does not answer."""


class DatabaseBusyError(DatabaseError):
    """Another process has kept the database for too long."""
