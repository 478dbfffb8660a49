"""The desk where people go through the briefs of a store, and what their decisions make of them."""
