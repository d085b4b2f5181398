"""Rules of the desk. Pure: no clock, no database, no await."""
