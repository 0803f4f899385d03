#!/usr/bin/env python3
"""Writes this case: `dump/` as a responder would get it, `second/` that was published later, `own/` that
the shop has itself, and `truth.json`, what is in the dump.

Same program, same bytes: fixed seed, fixed times. `make.py --check` writes nothing and fails when
the files on disk differ. Persons, shop and companies are invented; see cast.py.
"""
import gzip
import io
import json
import os
import random
import sys
import tarfile
import zipfile

sys.dont_write_bytecode = True
import cast
import later
import sources
import truth

HERE = os.path.dirname(os.path.abspath(__file__))
MTIME = 1793761200  # 2026-11-04T12:00:00+09:00


class CP932Info(zipfile.ZipInfo):
    """A member whose name is stored as CP932 bytes without the UTF-8 flag, as Explorer does."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp932"), self.flag_bits & ~0x800


def zipped(name, content):
    out = io.BytesIO()
    info = CP932Info(name, date_time=(2026, 11, 4, 12, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, content, compresslevel=9)
    return out.getvalue()


def tarred(members):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT, encoding="cp932") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), MTIME, 0o644
            info.uname = info.gname = "backup"
            archive.addfile(info, io.BytesIO(content))
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=MTIME) as packed:
        packed.write(raw.getvalue())
    return out.getvalue()


def build():
    """Relative path to bytes."""
    world = sources.World(cast.Cast(20261120), random.Random(11))
    csv = world.csv()
    sql, jsonl, log = world.sql(), world.jsonl(), world.access_log()
    crontab = "# m h dom mon dow command\n15 3 * * * /usr/local/bin/shop-backup --keep 14\n"
    backup = tarred([
        ("backup/crontab.txt", crontab.encode()),
        ("backup/顧客名簿.zip", zipped("顧客名簿_2026年10月.csv", csv)),
    ])
    facts = json.dumps(truth.of(world), ensure_ascii=False, indent=1) + "\n"
    return {
        "dump/backup-2026-11.tar.gz": backup,
        "dump/shop.sql": sql,
        "dump/app.jsonl": jsonl,
        "dump/access.log": log,
        "second/campaign.csv": later.second(sql),
        "own/customers.csv": later.customers(sql),
        "truth.json": facts.encode(),
    }


def main():
    checking = sys.argv[1:] == ["--check"]
    different = []
    for path, content in build().items():
        full = os.path.join(HERE, path)
        if checking:
            with open(full, "rb") as file:
                if file.read() != content:
                    different.append(path)
            continue
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content)
    if different:
        sys.exit("differs from what make.py writes: " + ", ".join(different))


if __name__ == "__main__":
    main()
