"""Acts of the single sign-on room."""
