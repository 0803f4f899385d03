#!/usr/bin/env python3
"""What is done with a breach: copies that hold nobody any more, and the persons that a second drop adds.

  acting.py                    breaches of ten sorts, of 500 persons, their seeds drawn from the last commit
  acting.py --floors           the same as a gate
  acting.py --seeds 7,8,9,10,11,12,13,14,15,16 --count 2000

*copied*: each file of the breach has its copy. *left*: what a scan of the copies still finds, of any confidence. *new*: of a list whose last
quarter comes with a second drop, how many persons `diff` calls new, beside how many there are.
"""
import argparse, json, os, shutil, subprocess, sys, tempfile

import persons

# How far new persons may be off, as a share of all, and how many of the files have to have copies, in all breaches together.
FLOORS = {"new": 0.01, "copied": 0.9}


def run(program, *words):
    return subprocess.run([program, *words, "--no-progress"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def redacted(seed, theme, count, program, folder):
    """Files of the breach, copies of them, and findings in the copies."""
    source, copies = os.path.join(folder, "source"), os.path.join(folder, "copies")
    os.mkdir(source)
    persons.build(seed, count, source, theme)
    made = run(program, "redact", source, "-o", copies)
    if made.returncode not in (0, 3):
        sys.exit("redact ended with %d on seed %s, %s" % (made.returncode, seed, theme))
    files, kept = len(os.listdir(source)), sum(len(names) for _, _, names in os.walk(copies))
    if not kept:
        return files, kept, 0
    found = json.loads(run(program, "scan", copies, "-f", "json").stdout)
    return files, kept, sum(entry["count"] for entry in found["findings"].values()) + found["persons"]["high"]


def added(seed, count, program, folder):
    """Persons that are new in the second drop: as `diff` says, and in truth, at least and at most."""
    source = os.path.join(folder, "drops")
    os.mkdir(source)
    _, told = persons.build(seed, count, source, "list", "csv")
    (name,) = os.listdir(source)
    path = os.path.join(source, name)
    written = open(path, "rb").read()
    # Latin-1 gives every byte back; in UTF-16 a byte like a line feed is half of a character.
    charset = "utf-16" if written[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    lines = written.decode(charset).split("\n")
    cut = len(lines) * 3 // 4
    before = {id for (_, line), ids in told.items() for id in ids if line <= cut}
    after = {id for ids in told.values() for id in ids}
    second, first = os.path.join(folder, "second.breach"), os.path.join(folder, "first.breach")
    run(program, "scan", source, "-o", second)
    open(path, "wb").write(("\n".join(lines[:cut]) + "\n").encode(charset))
    run(program, "scan", source, "-o", first, "--seed-key", os.path.join(folder, "second.key"))
    changes = json.loads(run(program, "diff", first, second, "-f", "json").stdout)
    # Of whom a row tells nobody which namesake it is, it may be somebody new or not.
    doubtful = sum(id is None for (_, line), ids in told.items() for id in ids if line > cut)
    new = len(after - before - {None})
    return changes["persons"]["new"], new, new + doubtful


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=os.path.join(os.path.dirname(__file__), "../../.build/release/breachscope"))
    parser.add_argument("--seeds")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args()
    themes = sorted(persons.FILES)
    seeds = options.seeds.split(",") if options.seeds else persons.seeds_of_commit(len(themes))
    bad, files_of_all, copies_of_all = [], 0, 0
    for seed, theme in zip(seeds, themes):
        folder = tempfile.mkdtemp()
        try:
            files, kept, left = redacted(seed, theme, options.count, options.program, folder)
            new, least, most = added(seed, options.count, options.program, folder)
        finally:
            shutil.rmtree(folder)
        print("%-10s %-9s copied %d of %d, left %d; new %d, in truth %d to %d" % (seed, theme, kept, files, left, new, least, most))
        slack = FLOORS["new"] * options.count
        files_of_all += files
        copies_of_all += kept
        if left or not least - slack <= new <= most + slack:
            bad.append(seed)
    if options.floors and copies_of_all < FLOORS["copied"] * files_of_all:
        sys.exit("only %d of %d files were copied" % (copies_of_all, files_of_all))
    if options.floors and bad:
        sys.exit("not as it should be: seeds " + ", ".join(map(str, bad)))


if __name__ == "__main__":
    main()
