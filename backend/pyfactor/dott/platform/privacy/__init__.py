"""Privacy: what is held of whom, finding a person, giving her her data, erasing it, and how long things are
kept."""
