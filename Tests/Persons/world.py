"""A small world of invented persons: households, namesakes, movers, brides, foreigners; who they are is known.

Everything follows from the seed. What persons are called and where they live comes from the words of `Tests/Quality`.
"""
import copy, os, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Quality"))
import officials, people, words  # noqa: E402

# Written one way in one file and the other way in the next.
VARIANTS = dict(zip("高崎辺斎浜島沢広国徳瀬富桜竜真恵寿関渡", "髙﨑邊齋濵嶋澤廣國德瀨冨櫻龍眞惠壽關渡"))
STANDARD = {variant: plain for plain, variant in VARIANTS.items()} | {"邉": "辺", "齊": "斉", "濱": "浜"}
# What two of the codecs cannot write.
KUNREI = (("sha", "sya"), ("shu", "syu"), ("sho", "syo"), ("cha", "tya"), ("chu", "tyu"), ("cho", "tyo"), ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("ja", "zya"), ("ju", "zyu"), ("jo", "zyo"), ("ji", "zi"))
# Surnames are put together: a few lists of them would make everybody somebody's namesake.
SURNAMES = {"en": ("Hart Wood Brad Ash Black Whit Thorn Wick Stan Lang Mar Cal Hol Pem Kirk Nor West East Sut Wal Rad Chad Bram Lin Har", "ley field ford ton worth wood man well brook by ham more shaw croft den"),
            "de": ("Stein Berg Linden Klein Ober Nieder Alten Blumen Rosen Eisen Gold Schwarz Weiß Grün Königs Buch Eichen Hohen Wald Brunn", "mann bauer berg stein bach feld thal hoff meier müller hauer brink wald dorf"),
            "fr": ("Beau Mont Clair Bel Roch Font Char Des Val Mar Lam Pré Duc Cour Gran", "mont champ court roche bois ville fort lieu bert din nier geau pierre"),
            "es": ("Alv Dom Fern Gut Hern Jim Ord Ram Vel Cas Mor Qui Sal Tor Zap", "ález ínguez ández iérrez oya eda ales era ado illo óñez osa")}
ROLES = "info support sales contact office".split()


class Human(people.Person):
    """One person with all that stays the same from file to file."""

    def __init__(self, r, nation, serial):
        super().__init__(r, nation, serial)
        self.id = serial
        self.maiden = None
        self.former = None
        d = self.digits
        if nation == "jp":
            self.mobile = ("0%s0" % r.choice("789"), str(r.randint(1, 9)) + d[2:5], d[5:9])
            area = r.choice(words.AREA.get(self.prefecture, "03 06").split())
            self.landline = (area, str(r.randint(2, 9)) + d[10:9 + 6 - len(area)], d[16:20])
        else:
            first, last = SURNAMES[people.NATIONS[nation] if people.NATIONS[nation] in SURNAMES else "en"]
            if nation not in ("cn", "kr", "vn") and r.random() < 0.9:
                self.family = self.latin_family = r.choice(first.split()) + r.choice(last.split())
        self.member = r.randint(10 ** 5, 10 ** 8)
        self.has_mobile = r.random() < 0.85
        self.employer = people.company(r, nation == "jp")
        self.my_number = officials.my_number(r)
        self.national_number = self.national() if nation != "jp" else ""
        self.bank_account = "%07d" % r.randint(10 ** 5, 10 ** 7 - 1)

    # What a method of `Person` draws anew each time is fixed here.
    def phone(self, s, mobile=None):
        if self.nation != "jp":
            return people.foreign_phone(self.nation, self.digits, s.phone)
        groups = self.mobile if (self.has_mobile if mobile is None else mobile) else self.landline
        form = self.r.choice(("hyphen", "plain", "paren")) if s.phone == "mixed" else s.phone
        text = {"hyphen": "-".join(groups), "plain": "".join(groups), "paren": "%s(%s)%s" % groups, "plus": "+81-%s-%s-%s" % (groups[0][1:], groups[1], groups[2])}[form]
        return words.full_width(text) if s.full_width else text

    def roman(self, s):
        if self.nation != "jp":
            return self.full_name(s)
        family, given = words.romaji(self.family_kana), words.romaji(self.given_kana)
        if s.romaji == "kunrei":
            for one, other in KUNREI:
                family, given = family.replace(one, other), given.replace(one, other)
        elif s.romaji == "passport":
            family, given = (name.replace("ou", "o").replace("oo", "o").replace("uu", "u") for name in (family, given))
        return {"given": "%s %s" % (given.capitalize(), family.capitalize()), "family": "%s %s" % (family.upper(), given.upper()), "comma": "%s, %s" % (family.capitalize(), given.capitalize())}[s.roman_order]

    def full_name(self, s):
        if self.nation == "jp":
            return self.family + s.blank + self.given
        if self.native and s.native:
            return "".join(self.native)
        return people.latin_name(s.latin, self.given, self.family, self.r)

    def seen(self, r, s, old=False):
        """The person as one record shows it: spelled in another way, before a move, before a marriage."""
        other = copy.copy(self)
        if old and self.former:
            (other.postal, other.prefecture, other.city, other.town, other.numbers, other.building) = self.former
        if old and self.maiden:
            other.family, other.family_kana = self.maiden
        if self.nation == "jp":
            table = VARIANTS if s.variants else STANDARD
            other.family = "".join(table.get(c, c) for c in other.family)
            other.given = "".join(table.get(c, c) for c in other.given) if not s.variants else other.given
        return other


class Style(people.Style):
    """How one file writes; more than `people.Style` knows."""

    def __init__(self, r, nation):
        super().__init__(r, nation)
        if self.latin == "First M. Last":
            self.latin = "First Last"
        self.native = False
        self.variants = r.random() < 0.4
        self.romaji = r.choice(("hepburn", "hepburn", "kunrei", "passport"))
        self.roman_order = r.choice(("given", "family", "family", "comma"))
        self.old = 0.9 if r.random() < 0.3 else 0.0
        # What ties the records of one file together besides their cells.
        self.more = []


class World:
    """Persons in households; `take` draws those that one file holds."""

    def __init__(self, r, count, nations):
        self.r = r
        self.nations = nations
        self.people = []
        self.households = []
        self._mailboxes = set()
        # Of those who work there.
        self.numbers = {}
        self._born = 0
        while len(self.people) < count:
            self._household()
        self._namesakes()

    def new(self, nation=None):
        person = self.outsider(nation)
        self.people.append(person)
        return person

    def outsider(self, nation=None):
        """Somebody who is in no file but for the one that asks."""
        r = self.r
        self._born += 1
        person = Human(r, nation or r.choice(self.nations), self._born)
        person.home_members = [person]
        self._mailbox(person)
        if r.random() < 0.12 and person.nation == "jp":
            person.former = tuple(r.choice(people.PLACES).split(" ")) + ((r.randint(1, 9), r.randint(1, 30), r.randint(1, 40)), "")
        return person

    def _mailbox(self, person):
        local, domain = person.mailbox.lower().split("@")
        domain = self.r.choice(words.FREEMAIL)
        while local + "@" + domain in self._mailboxes:
            local += str(self.r.randint(1, 99))
        person.mailbox = local + "@" + domain
        self._mailboxes.add(person.mailbox)

    def _household(self):
        r = self.r
        head = self.new()
        head.birth = (r.randint(1945, 1992),) + head.birth[1:]
        members = [head]
        for _ in range(r.choice((0, 0, 0, 1, 1, 2, 3))):
            self._join(head, members)
        self.households.append(members)
        for person in members:
            person.home_members = members

    def _join(self, head, members):
        r = self.r
        other = self.new(head.nation)
        if len(members) == 1:
            other.birth = (max(1940, head.birth[0] + r.randint(-6, 6)),) + other.birth[1:]
            if other.female and head.nation == "jp" and r.random() < 0.25:
                other.maiden = (other.family, other.family_kana)
        else:
            other.birth = (min(2021, head.birth[0] + r.randint(24, 36)),) + other.birth[1:]
            other.has_mobile = 2026 - other.birth[0] > 12
        taken = {person.given for person in members}
        while other.given in taken:
            if head.nation == "jp":
                other.given, other.given_kana = r.choice(people.GIVEN_F if other.female else people.GIVEN_M).split(":")
            else:
                other.given = other.latin_given = other.given + "a"
        other.family, other.latin_family = head.family, head.latin_family
        if head.nation == "jp":
            other.family_kana, other.landline = head.family_kana, head.landline
            (other.postal, other.prefecture, other.city, other.town, other.numbers, other.building) = (head.postal, head.prefecture, head.city, head.town, head.numbers, head.building)
            other.former = head.former
        other.mailbox = people.Person._mailbox(other)
        self._mailbox(other)
        other.house, other.street, other.foreign_city, other.home = head.house, head.street, head.foreign_city, head.home
        # A couple's one mailbox, a child that has none.
        if len(members) > 1 and 2026 - other.birth[0] < 14:
            other.mailbox = ""
        elif r.random() < 0.08:
            other.mailbox = head.mailbox
        members.append(other)

    def _namesakes(self):
        """Strangers of one name."""
        r = self.r
        for _ in range(len(self.people) // 100):
            one, other = r.sample(self.people, 2)
            if one.nation == other.nation and one.family != other.family and len(other.home_members) == 1 and not other.maiden:
                other.family, other.given, other.latin_family, other.latin_given, other.female = one.family, one.given, one.latin_family, one.latin_given, one.female
                if one.nation == "jp":
                    other.family_kana, other.given_kana = one.family_kana, one.given_kana

    def take(self, share, adults=False):
        chosen = [person for person in self.people if self.r.random() < share]
        if adults:
            chosen = [person for person in chosen if 2026 - person.birth[0] >= 18]
        self.r.shuffle(chosen)
        return chosen
