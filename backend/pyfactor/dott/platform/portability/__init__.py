"""A whole business in one file, out and in again: nobody is kept here by their data."""
