"""The run-time type checker that jaxtyping's import hook applies: beartype, with `float` taking whole numbers too, as Python has it."""

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(is_pep484_tower=True))
