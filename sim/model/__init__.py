"""The science: state, actors, processes and observation, and the schedule that joins them. Arrays only; no scenario files are read here."""
