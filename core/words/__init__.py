"""Words as people write them: how they sound, their endings, and which known ones are meant."""
