"""Names that look the same, and names of other scripts. Pure."""

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


OTHER_SCRIPTS = ('ООО "Василёк"', 'ЗАО "Василёк"', '"Vega" LLC', "YAZICI IŞIK", "KIRKLI IŞIMA")


def with_other_scripts(world: World) -> World:
    """Return the world in which customers have Cyrillic, Turkish and quoted names.

    They are above the last three, whose names may look alike.
    """
    first, end = len(world.customers) - len(OTHER_SCRIPTS) - 3, len(world.customers) - 3
    named = [replace(each, name=name) for each, name in zip(world.customers[first:end], OTHER_SCRIPTS, strict=True)]
    return replace(world, customers=[*world.customers[:first], *named, *world.customers[end:]])
