"""Names of several customers that look the same. Pure."""

from dataclasses import replace

from bot.simulator.partner_center.world.world_models import World


def with_alike_names(world: World) -> World:
    """Return the world in which the names of the last three customers look the same.

    One is as it was, one has a space at its end, and one an invisible character inside.
    """
    *others, model, spaced, invisible = world.customers
    name = model.name
    alike = (replace(spaced, name=f"{name} "), replace(invisible, name=f"{name[:1]}\u200b{name[1:]}"))
    return replace(world, customers=[*others, model, *alike])
