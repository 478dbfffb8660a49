"""Many documents: what a batch run goes through, and what it keeps."""
