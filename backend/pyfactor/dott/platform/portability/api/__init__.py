"""A business's own files over HTTP."""
