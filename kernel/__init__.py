"""What every part shares: settings, the insurer, time, the calendar, ids, the database, the bell, errors, logs."""
