"""Which records the program made one person, read from a result store and held against who they are."""
import collections, itertools, sqlite3, struct

BLOCK = 1 << 16


def word(blob, at):
    return struct.unpack_from("<q", blob, at)[0]


def widths(shapes):
    """Words of a record of each shape; what a store packs, number by number."""
    at, found = 8, []
    for _ in range(word(shapes, 0)):
        kinds = word(shapes, at)
        at += 8 + kinds + 17
        at += 8 + word(shapes, at) + 8
        at += 8 + 8 * word(shapes, at) + 8
        found.append(2 + kinds)
    return found


def records(store):
    """Records in source order: path, line, and the first record of the entity that `likely` counts."""
    base = sqlite3.connect("file:%s?mode=ro" % store, uri=True)
    paths = dict(base.execute("SELECT number, path FROM leaves"))
    entity = {}
    for block, joined, likely in base.execute("SELECT block, records, likely FROM entities"):
        for record, first in zip(*(struct.unpack("<%dI" % (len(blob) // 4), blob) for blob in (joined, likely))):
            entity[record] = first
    found = []
    for leaf, line, shapes, words in base.execute("SELECT leaf, line, shapes, words FROM records ORDER BY number"):
        path = paths[leaf].decode() if isinstance(paths[leaf], bytes) else paths[leaf]
        sizes, at = widths(shapes), 0
        while at < len(words):
            head = struct.unpack_from("<Q", words, at)[0]
            line += head >> 48
            found.append((path, line, entity.get(len(found), len(found))))
            at += 8 * sizes[head & 0xFFFFFFFF]
    base.close()
    return found


def two_of(number):
    return number * (number - 1) // 2


def measure(store, folder, truth):
    """Precision and recall of pairs of records: `truth` names by file and line the persons of a row.

    Which of several persons of a row a record is of, is as fits best what else is known of them.
    """
    rows = collections.defaultdict(list)
    for path, line, entity in records(store):
        rows[path[len(folder):].lstrip("/"), line].append(entity)
    told = {place: persons for place, persons in truth.items() if place in rows}
    votes = collections.defaultdict(collections.Counter)
    for place, persons in told.items():
        if len(persons) == 1:
            votes[persons[0]][rows[place][0]] += 1
    cells = collections.Counter()
    for place, persons in told.items():
        entities = rows[place]
        if len(persons) > 1:
            persons = max(itertools.permutations(persons), key=lambda order: sum(votes[person][entity] for person, entity in zip(order, entities)))
        cells.update((person, entity) for person, entity in zip(persons, entities) if person is not None)
    of_persons, of_entities = collections.Counter(), collections.Counter()
    for (person, entity), count in cells.items():
        of_persons[person] += count
        of_entities[entity] += count
    right = sum(two_of(count) for count in cells.values())
    made, there = (sum(two_of(count) for count in counts.values()) for counts in (of_entities, of_persons))
    return (right / made if made else 1.0), (right / there if there else 1.0)
