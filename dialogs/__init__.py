"""What is said: one module a conversation, pure screens over facts; no aiogram and no SQL here."""
