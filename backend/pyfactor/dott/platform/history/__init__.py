"""What was changed, by whom, when: the one room that writes and explains history."""
