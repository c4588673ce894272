"""The revision of what is known of services and offices: whoever changes it raises it first.

Raising it also keeps all other changers waiting until the transaction ends, on either database.
"""

import secrets

from core.store import meta
from core.store.transaction import Transaction

REVISION = "knowledge revision"


async def touch_knowledge(tx: Transaction) -> None:
    """Let every copy know that what it knows of services and offices has changed."""
    await meta.put(tx, REVISION, secrets.token_hex(8))
