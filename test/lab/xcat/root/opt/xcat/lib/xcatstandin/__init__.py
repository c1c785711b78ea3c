"""A stand-in for xCAT, for the lab only: see README.md beside build.sh."""
