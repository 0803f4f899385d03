#!/usr/bin/env python3
"""How well the program finds what is there, and how rarely it invents: labelled material, measured.

  quality.py --program .build/release/breachscope                 material, scan, table
  quality.py --program … --small --floors                         the quick run of the gate: fails below the floors
  quality.py --program … --misses 5                               with examples of what was missed and invented

Everybody in the material is invented. The same seed gives the same files. What the ways mean:
column = headers, keys or SQL columns with names; headerless = no names, or names that say nothing; label = free text in
which a word announces the value; mixed = a value inside a sentence in a cell; negative = files in which nothing is anybody's.
"""
import argparse, collections, json, os, random, shutil, subprocess, sys, tempfile

import fields, negatives, score, tables, text, words

# Recall and precision that must hold.
FLOORS = {"column": (0.99, 0.99), "headerless": (0.97, 0.98), "label": (0.97, 0.98)}
CERTAIN_NEVER = ("card_number", "my_number", "sensitive.")


def material(seed, count, megabytes, folder):
    """Writes the files; returns the documents with truth."""
    documents = []
    for number in range(count):
        r = random.Random("%d/column/%d" % (seed, number))
        language = r.choice(("ja", "ja", "ja", "en", "en", "de", "fr", "es", "it", "nl", "pl", "kr", "cn", "ru"))
        documents.append(tables.write(r, number, tables.build(r, language, True), "column", True))
    for number in range(count // 2):
        r = random.Random("%d/headerless/%d" % (seed, number))
        language = r.choice(("ja", "ja", "ja", "en", "en", "de", "fr", "es"))
        documents.append(tables.write(r, number, tables.build(r, language, False, prefixed=False), "headerless", False))
    layouts = sorted(text.LAYOUTS)
    for number in range(count):
        r = random.Random("%d/label/%d" % (seed, number))
        documents.append(text.build(r, number, layouts[number % len(layouts)]))
    for document in documents:
        document.save(folder)
    negatives.generate(random.Random("%d/negative" % seed), folder, int(megabytes * 1_000_000))
    return documents


def scan(program, folder, paths, output):
    command = [program, "scan", "--format", "ndjson", "--reveal", "--no-persons", "--no-progress", "--quiet", "--output", output] + paths
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        sys.exit("the scan ended with %d: %s" % (done.returncode, done.stderr))


def sizes(folder, under):
    total = 0
    for base, _, names in os.walk(os.path.join(folder, under)):
        total += sum(os.path.getsize(os.path.join(base, name)) for name in names)
    return total


def negative_report(stream, megabytes, real=frozenset()):
    """Findings at `likely` or above per MB, and those that must never be certain."""
    by_type, never, examples = collections.Counter(), [], collections.defaultdict(list)
    with open(stream, encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            if item["kind"] != "finding" or item["confidence"] < score.LIKELY:
                continue
            by_type[item["type"]] += 1
            examples[item["type"]].append((item["path"], item.get("field"), item["value"] if not real else "", item["line"], item["confidence"]))
            if item["confidence"] >= score.CERTAIN and item["type"].startswith(CERTAIN_NEVER):
                never.append(item["type"])
    counted = sum(count for type, count in by_type.items() if type not in real)
    return {"megabytes": round(megabytes, 1), "per_mb": round(counted / max(megabytes, 0.001), 3), "certain_never": len(never), "by_type": dict(by_type.most_common())}, examples


def percent(value):
    return "–" if value is None else "%.2f" % (100 * value)


def print_tables(result, out):
    print("%-30s %-10s %7s %8s %10s %7s %6s %6s" % ("type", "way", "there", "recall", "precision", "F2", "missed", "wrong"), file=out)
    for row in result["types"]:
        print("%-30s %-10s %7d %8s %10s %7s %6d %6d" % (row["type"], row["way"], row["there"], percent(row["recall"]), percent(row["precision"]), percent(row["f2"]), row["missed"], row["wrong"]), file=out)
    print(file=out)
    for way, row in result["ways"].items():
        print("%-30s %-10s %7d %8s %10s %7s %6d %6d" % ("all types", way, row["there"], percent(row["recall"]), percent(row["precision"]), percent(row["f2"]), row["missed"], row["wrong"]), file=out)
    print("\nheaders that stand in the vocabulary: recall %s of %d; others: %s of %d" % (percent(result["headers"]["known"][0]), result["headers"]["known"][1], percent(result["headers"]["new"][0]), result["headers"]["new"][1]), file=out)
    print("\nconfidence  findings  right", file=out)
    for lower, count, right in result["calibration"]:
        print("%.1f and more %7d  %6s" % (lower, count, percent(right)), file=out)
    for name, negative in result["negatives"].items():
        print("\n%s: %.1f MB, %.3f findings at likely or above per MB, %d at certain that never may be: %s" % (name, negative["megabytes"], negative["per_mb"], negative["certain_never"], negative["by_type"]), file=out)


WAYS = ("column", "headerless", "label")


def print_markdown(result):
    """A row a type: recall, precision and F2 of each way, in hundredths."""
    rows = {(row["type"], row["way"]): row for row in result["types"]}
    shown = lambda row: "–" if row is None or not row["there"] else " / ".join(percent(row[name]).split(".")[0] if row[name] == 1 else "%.1f" % (100 * row[name]) if row[name] is not None else "–" for name in ("recall", "precision", "f2"))
    print("| type | column | headerless | label |\n|---|---|---|---|")
    for type in sorted({type for type, _ in rows}):
        print("| `%s` | %s |" % (type, " | ".join(shown(rows.get((type, way))) for way in WAYS)))
    print("| **all** | %s |" % " | ".join(shown(result["ways"].get(way)) for way in WAYS))
    made = result["negatives"]["made look-alikes"]
    print("\n%s values in %s files (seed %d); of findings at `certain` %s %% are right; %.1f MB of look-alikes gave %.2f findings at `likely` or above per MB." % (format(sum(row["there"] for row in result["ways"].values()), ","), format(result["files"], ","), result["seed"], percent(result["certain_right"]), made["megabytes"], made["per_mb"]))


def known_header(note):
    """The header, or each of those of a value in parts, stands in the vocabulary letter by letter."""
    return all("'%s'" % part in VOCABULARY or (", %s," % part) in VOCABULARY for part in note.split("+"))


with open(os.path.join(words.ROOT, "Patterns/fields/fields.yaml"), encoding="utf-8") as _file:
    VOCABULARY = _file.read()


def grouped(items, limit, key):
    groups = collections.defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    for name, group in sorted(groups.items(), key=lambda pair: -len(pair[1]))[:limit * 100]:
        yield name, len(group), group[:: max(1, len(group) // limit)][:limit]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(words.ROOT, ".build/release/breachscope"))
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--files", type=int, default=700, help="tables; half as many without headers, as many texts")
    parser.add_argument("--megabytes", type=float, default=26, help="of look-alikes")
    parser.add_argument("--level", type=float, default=score.LIKELY, help="confidence from which a finding counts")
    parser.add_argument("--small", action="store_true", help="the quick run: 180 tables, 4 MB of look-alikes, no files of the machine")
    parser.add_argument("--floors", action="store_true", help="exit 1 below the floors")
    parser.add_argument("--misses", type=int, default=0, help="show so many examples of each sort of miss and invention")
    parser.add_argument("--type", default="", help="show examples of this type only")
    parser.add_argument("--markdown", action="store_true", help="print the table as the README shows it, and nothing else")
    parser.add_argument("--json", help="write the figures to this file")
    parser.add_argument("--keep", help="make the material in this folder, and keep it")
    options = parser.parse_args()
    if options.small:
        options.files, options.megabytes = 180, 4
    options.program = os.path.abspath(options.program)
    folder = os.path.abspath(options.keep) if options.keep else tempfile.mkdtemp(prefix="quality-")
    try:
        if options.keep:
            shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, exist_ok=True)
        return run(options, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def run(options, folder):
    documents = material(options.seed, options.files, options.megabytes, folder)
    scan(options.program, folder, ["column", "headerless", "label"], "found.ndjson")
    scan(options.program, folder, ["negative"], "negative.ndjson")
    board = score.Score(documents, options.level)
    board.compare(board.read(os.path.join(folder, "found.ndjson"), lambda path: path))
    result = {"seed": options.seed, "files": len(documents), "bytes": sum(document.size for document in documents), "level": options.level}
    names = ("type", "way", "there", "recall", "precision", "f2", "missed", "wrong")
    result["types"] = [dict(zip(names, row)) for row in board.rows()]
    ways = [way for way in ("column", "headerless", "label", "mixed") if any(row["way"] == way for row in result["types"])]
    result["ways"] = {way: dict(zip(names[2:], board.total(way))) for way in ways}
    result["calibration"] = board.calibration()
    certain = [bucket for tenth, bucket in board.buckets.items() if tenth >= 9]
    result["certain_right"] = sum(b[1] for b in certain) / max(1, sum(b[0] for b in certain))
    split = {True: [0, 0], False: [0, 0]}
    for note, (there, found) in board.headers.items():
        entry = split[known_header(note)]
        entry[0] += there
        entry[1] += found
    result["headers"] = {name: (split[known][1] / split[known][0] if split[known][0] else None, split[known][0]) for name, known in (("known", True), ("new", False))}
    result["negatives"], shown = {}, {}
    result["negatives"]["made look-alikes"], shown["made"] = negative_report(os.path.join(folder, "negative.ndjson"), sizes(folder, "negative") / 1e6)
    paths = [path for path in negatives.SYSTEM if os.path.isdir(path)] if not options.small else []
    if paths:
        scan(options.program, folder, paths, "system.ndjson")
        result["negatives"]["files of the machine (%s; without real mailboxes, names, addresses, phones, IPs)" % " ".join(paths)], shown["machine"] = negative_report(os.path.join(folder, "system.ndjson"), sum(sizes("/", path[1:]) for path in paths) / 1e6, negatives.REAL_THERE)
    if options.markdown:
        print_markdown(result)
        return 0
    print_tables(result, sys.stdout)
    if options.misses:
        show(board, shown, options)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, ensure_ascii=False, indent=1)
    return verdict(result) if options.floors else 0


def show(board, shown, options):
    wanted = lambda item: options.type in item[0]
    print("\n== missed ==")
    for name, count, items in grouped(filter(wanted, board.misses), options.misses, lambda m: (m[0], m[1], m[4] if m[1] != "headerless" else m[2].split("/")[0])):
        print(count, *name)
        for item in items:
            print("     ", *item[2:4], repr(item[5]))
    print("\n== invented ==")
    for name, count, items in grouped(filter(wanted, board.inventions), options.misses, lambda m: (m[0], m[1], m[4] or "", m[7])):
        print(count, *name)
        for item in items:
            print("     ", *item[2:4], repr(item[5]), item[6])
    for place, groups in shown.items():
        print("\n== look-alikes: %s ==" % place)
        for type, items in sorted(groups.items()):
            if options.type in type:
                print(len(items), type)
                for item in items[:: max(1, len(items) // (options.misses * 2))][:options.misses * 2]:
                    print("     ", *item)


def verdict(result):
    """Exit code 1 with reasons where the program is below a floor."""
    reasons = []
    for way, (recall, precision) in FLOORS.items():
        row = result["ways"][way]
        if row["recall"] < recall or row["precision"] < precision:
            reasons.append("%s: recall %s, precision %s" % (way, percent(row["recall"]), percent(row["precision"])))
    if result["certain_right"] < 0.97:
        reasons.append("of findings at certain only %s are right" % percent(result["certain_right"]))
    for name, negative in result["negatives"].items():
        if negative["per_mb"] > 1 or negative["certain_never"]:
            reasons.append("%s: %s per MB, %d never to be certain" % (name, negative["per_mb"], negative["certain_never"]))
    for reason in reasons:
        print("below the floor: " + reason, file=sys.stderr)
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
