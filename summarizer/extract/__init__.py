"""Articles become drafts here: by a language model, or by rules. Importing it loads neither."""
