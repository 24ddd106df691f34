"""The commands without the script: `python -m sim.cli`."""

from sim.cli import main

main()
