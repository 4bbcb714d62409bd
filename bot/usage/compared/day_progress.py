"""The progress of several fetches as that of one."""

from collections.abc import Sequence

from bot.partner_center.usage_client import Progress


def joined_progress(progress: Progress | None, count: int) -> Sequence[Progress | None]:
    """Return a progress for each of `count` fetches.

    Together they report their sums to `progress`. The number of all pages is reported when it is known of each fetch.
    """
    if progress is None:
        return [None] * count
    so_far: list[tuple[int, int | None]] = [(0, None)] * count

    def part(at: int) -> Progress:
        def tell(done: int, every: int | None) -> None:
            so_far[at] = (done, every)
            totals = [each for _, each in so_far if each is not None]
            progress(sum(each for each, _ in so_far), sum(totals) if len(totals) == count else None)

        return tell

    return [part(at) for at in range(count)]
