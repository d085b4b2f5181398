"""The command line and the composition of the processes: the only importer of every part."""
