"""The commands of the suite, one file each."""
