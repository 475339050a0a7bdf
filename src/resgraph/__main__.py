"""`python -m resgraph` is `resgraph`."""

from resgraph.cli import main

if __name__ == "__main__":
    main(prog_name="resgraph")
