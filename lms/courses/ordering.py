"""Whether what comes first can come first: circles among prerequisites (pure)."""

from collections.abc import Mapping, Sequence


def circles(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Each circle once, as the slugs along it; a lesson that needs itself is a circle of one.

    Every lesson that stands in a circle is in at least one that is returned.
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in needs:
        if start in done:
            continue
        way: list[str] = []
        place: dict[str, int] = {}
        todo = [(start, iter(needs[start]))]
        way.append(start)
        place[start] = 0
        while todo:
            slug, rest = todo[-1]
            for other in rest:
                if other in place:
                    found.append(way[place[other]:])
                elif other in needs and other not in done:
                    place[other] = len(way)
                    way.append(other)
                    todo.append((other, iter(needs[other])))
                    break
            else:
                todo.pop()
                way.pop()
                del place[slug]
                done.add(slug)
    return found
