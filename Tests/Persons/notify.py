#!/usr/bin/env python3
"""Who is on a notification list: breaches whose answer is known, and whom `notify` says to reach by what.

  notify.py                    five breaches of 1,000 persons, their seeds drawn from the last commit
  notify.py --floors           the same as a gate
  notify.py --seeds 7,8 --count 3000

*found*: of the persons who can be reached, how many have a row by which they are. *right*: of the rows that name a way to reach
somebody, how many name one of a person in the breach, under that person's name when the list has one.
"""
import argparse, collections, csv, os, re, shutil, subprocess, sys, tempfile

import persons, world, writers

FLOORS = {"found": 0.993, "right": 0.993}
NUMBER = re.compile(r"[+()\d\s-]{9,20}")
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
PLACES = {"address", "town"}
NAMES = {"name", "family", "given", "roman", "kana", "kana_family", "kana_given"}


def tail(number):
    """What all spellings of a phone number have in common."""
    return re.sub(r"\D", "", number)[-8:]


def told(seed, count, folder):
    """The breach's persons by what reaches them, those that can be reached, who they are, what rows of theirs say, and those of whom a row has a name."""
    sheets, written = [], writers.write

    def write(folder, r, name, tables, language, form=None):
        sheets.extend(tables)
        return written(folder, r, name, tables, language, form)
    writers.write = write
    try:
        persons.build(seed, count, folder)
    finally:
        writers.write = written
    owners, reachable, people = collections.defaultdict(set), set(), {}
    written_of, named = collections.defaultdict(set), set()
    for sheet in sheets:
        for row, shown in zip(sheet.rows, sheet.truth):
            for person, kinds in shown:
                people[person.id] = person
                # A slip of the pen is how the data calls the person, and so does the list.
                if len(shown) == 1:
                    cells = [plain(cell.translate(NARROW)) for cell in row]
                    written_of[person.id].update(cells + [one + other for one, other in zip(cells, cells[1:])])
                if NAMES & set(kinds):
                    named.add(person.id)
                for cell in row:
                    cell = cell.translate(NARROW)
                    if "@" in cell:
                        owners[cell.lower()].add(person.id)
                    elif NUMBER.fullmatch(cell):
                        owners[tail(cell)].add(person.id)
                if PLACES & set(kinds):
                    owners["post"].add(person.id)
                # Which of two names beside a company's mailbox it is for is not asked here.
                if sheet.name != "partners" and (PLACES & set(kinds) or {"email", "phone", "mobile", "landline"} & set(kinds)):
                    reachable.add(person.id)
    return owners, reachable, people, written_of, named


def plain(text):
    return "".join(world.STANDARD.get(c, c) for c in text.replace(" ", "").replace("'", "")).lower()


def is_named(person, names):
    """The person's given name is among the names, in one of its scripts."""
    given = [person.given, person.latin_given, getattr(person, "given_kana", "")]
    if person.nation == "jp":
        latin = world.words.romaji(person.given_kana)
        given += [latin, latin.replace("ou", "o").replace("oo", "o").replace("uu", "u")]
        for one, other in world.KUNREI:
            latin = latin.replace(one, other)
        given.append(latin)
    else:
        given += list(person.native or ())[-1:]
    return any(name and plain(name) in names for name in given)


def lives_there(person, address):
    """The address is the person's, as far as streets tell: now or before a move."""
    places = [person.town, person.house, person.street] if person.nation == "jp" else [person.house, person.street]
    if person.former:
        places.append(person.former[3])
    return any(place and str(place) in address for place in places)


def measure(seed, count, program, folder):
    """Shares of those found and of rows that are right."""
    path = os.path.join(folder, seed)
    os.makedirs(path)
    owners, reachable, people, written_of, named = told(seed, count, path)
    store, out = path + ".breach", path + ".csv"
    for command in (["scan", path, "-o", store], ["notify", "--data", path, "--store", store, "-o", out, "--lang", "en"]):
        done = subprocess.run([program] + command + ["--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit("%s ended with %d: %s" % (command[0], done.returncode, done.stderr))
    found, right, rows = set(), 0, 0
    with open(out, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            contacts = [row["Email address"], row["Phone number"]] + row["Further names and contacts"].split(" | ")
            address = " ".join([row["Address"], row["Further names and contacts"]])
            who = set()
            for contact in contacts:
                contact = contact.lstrip("'").translate(NARROW)
                who |= owners.get(contact.lower(), set()) if "@" in contact else owners.get(tail(contact), set()) if NUMBER.fullmatch(contact) else set()
            # Those who are written to by post.
            if row["Address"]:
                who |= {id for id in owners["post"] if lives_there(people[id], address)}
            names = plain(row["Name"] + "|" + row["Name in kana"] + "|" + row["Further names and contacts"])
            if row["Reach by"] != "none":
                # Of whom the data has no name, only a mailbox that another one has, too, is reached by that.
                found |= who - named
            if row["Name"] or row["Name in kana"]:
                as_written = plain(row["Name"].translate(NARROW))
                who = {id for id in who if is_named(people[id], names) or as_written and as_written in written_of[id]}
            if row["Reach by"] != "none":
                rows += 1
                right += bool(who)
                found |= who
    return {"seed": seed, "reachable": len(reachable), "rows": rows, "found": len(found & reachable) / len(reachable), "right": right / rows}


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(root, ".build", "release", "breachscope"))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seeds", help="separated by commas; else five drawn from the last commit")
    parser.add_argument("--floors", action="store_true", help="fail below what is promised")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="notify.")
    failed = []
    try:
        for seed in options.seeds.split(",") if options.seeds else persons.seeds_of_commit(5):
            line = measure(seed, options.count, options.program, folder)
            print("%(seed)-9s %(reachable)6d persons can be reached, %(rows)6d rows: found %(found).4f, right %(right).4f" % line)
            failed += [seed for name in FLOORS if line[name] < FLOORS[name]]
    finally:
        shutil.rmtree(folder)
    if options.floors and failed:
        sys.exit("worse than promised: %s" % ", ".join(sorted(set(failed))))


if __name__ == "__main__":
    main()
