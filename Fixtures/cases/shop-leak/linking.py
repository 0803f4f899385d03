"""The promised rules of counting persons, over the records of this case.

Written from the rules alone and for few records (every pair is looked at), so that the program's
numbers are compared with something that is not the program.

  primary    same id within one table or joined by a key; same full name + birth date;
             same full name + same mailbox or mobile
  secondary  same personal mailbox or mobile; same full name, also in kana, + address or other phone
  tertiary   same family name + same address or landline; same full name + same employer
  conflict   another birth date or given name blocks everything but ids

A full name is compared without blanks, in one width, with variant characters (髙, 﨑, 邊 …) brought
to the standard ones; kana against kanji counts as the same name from `secondary` on.
`high` uses primary, `likely` adds secondary, `low` adds tertiary. A record with a full name and
nothing else joins the person of that name in `likely` and `low`, and counts as one in `high`.
"""
import dataclasses
import itertools


@dataclasses.dataclass
class Record:
    source: str
    row: str
    """The row's text or an id of it: equal rows of one source are exact duplicates."""
    person: str
    """Key of the person in truth; a test person's or a company's key for those kinds."""
    kind: str = "person"
    extra: bool = False
    """A further person in a row that is somebody else's."""
    note: str = ""
    name: str = ""
    family: str = ""
    given: str = ""
    kana: str = ""
    birth: str = ""
    mail: str = ""
    mobile: str = ""
    landline: str = ""
    address: str = ""
    employer: str = ""
    ids: frozenset = frozenset()
    types: frozenset = frozenset()
    prefecture: str = ""

    @property
    def is_name_only(self):
        return bool(self.name) and not (
            self.birth or self.mail or self.mobile or self.landline or self.address or self.ids)


def primary(a, b):
    if a.ids & b.ids:
        return "id"
    if a.name and a.name == b.name:
        if a.birth and a.birth == b.birth:
            return "name+birth"
        if a.mail and a.mail == b.mail:
            return "name+mail"
        if a.mobile and a.mobile == b.mobile:
            return "name+mobile"
    return ""


def secondary(a, b):
    if a.mail and a.mail == b.mail:
        return "mail"
    if a.mobile and a.mobile == b.mobile:
        return "mobile"
    if (a.name and a.name == b.name) or (a.kana and a.kana == b.kana):
        if a.address and a.address == b.address:
            return "name+address"
        if a.landline and a.landline == b.landline:
            return "name+phone"
    return ""


def tertiary(a, b):
    if a.family and a.family == b.family:
        if a.address and a.address == b.address:
            return "family+address"
        if a.landline and a.landline == b.landline:
            return "family+landline"
    if a.name and a.name == b.name and a.employer and a.employer == b.employer:
        return "name+employer"
    return ""


class Clusters:
    def __init__(self, records):
        self.records = records
        self.of = list(range(len(records)))
        self.members = {index: [index] for index in self.of}
        self.merges = []

    def conflict(self, a, b):
        for field in ("birth", "given"):
            left = {getattr(self.records[i], field) for i in self.members[a]} - {""}
            right = {getattr(self.records[i], field) for i in self.members[b]} - {""}
            if left and right and not left & right:
                return True
        return False

    def join(self, i, j, why, force=False):
        a, b = self.of[i], self.of[j]
        if a == b or (not force and self.conflict(a, b)):
            return
        for member in self.members[b]:
            self.of[member] = a
        self.members[a] += self.members.pop(b)
        self.merges.append((why, i, j))


def cluster(records, level):
    """Clusters of records at `high`, `likely` or `low`, as lists of records."""
    rules = {"high": [primary], "likely": [primary, secondary],
             "low": [primary, secondary, tertiary]}[level]
    found = Clusters(records)
    named = [r for r in range(len(records)) if not records[r].is_name_only]
    for rule in rules:
        for i, j in itertools.combinations(named, 2):
            if why := rule(records[i], records[j]):
                found.join(i, j, why, force=why == "id")
    for i, record in enumerate(records):
        if not record.is_name_only:
            continue
        for j, other in enumerate(records):
            if j == i or other.name != record.name:
                continue
            if level != "high" or other.is_name_only:
                found.join(i, j, "name only")
                break
    return [[records[i] for i in members] for members in found.members.values()], found.merges
