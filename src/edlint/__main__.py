"""`python -m edlint` is the command `edlint`."""

from edlint.cli import main

if __name__ == "__main__":
    main()
