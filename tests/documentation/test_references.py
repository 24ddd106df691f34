"""The references of commands and of Python are what the code says now."""

from provenance.project_copy import PROJECT

import sim
from sim.cli.command_reference import BLOCK, PAGE, commands
from sim.cli.commands import COMMANDS
from sim.documentation.api_reference import PUBLIC, api
from sim.documentation.generated_blocks import regenerated


def test_the_page_of_commands_is_what_their_help_says() -> None:
    text = (PROJECT / PAGE).read_text(encoding="utf-8")
    assert regenerated(text, PAGE.as_posix(), {BLOCK: commands}) == text, "a command has changed: run `make docs`"
    assert [line.removeprefix("### spheres ") for line in text.splitlines() if line.startswith("### ")] == list(COMMANDS)
    assert "| `--worlds N` | Worlds per scenario" in text and "| `--draws / --no-draws` |" in text


def test_every_public_name_has_its_signature_and_meaning() -> None:
    text = api(PROJECT / "docs/reference/api.md", PROJECT)
    assert set(sim.__all__) - {"__version__"} <= {name for _, _, names in PUBLIC for name in names}
    assert "load_scenario(\n    source: str | Path,\n    overrides: Sequence[str] = ()," in text
    assert "\nOpen a results folder, or several to compare with each other.\n" in text
    assert "- `step() -> None`: One month. Raises RuntimeError beyond the horizon." in text and "self" not in text.split("```")[1]
