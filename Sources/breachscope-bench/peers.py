"""Runs a Python peer over a file line by line and prints its hits as `TYPE COUNT`; 77 when it is not installed.

    peers.py presidio|datafog FILE
"""
import collections
import sys

tool, path = sys.argv[1:]
counts = collections.Counter()
try:
    if tool == "presidio":
        from presidio_analyzer.predefined_recognizers import (
            CreditCardRecognizer, DateRecognizer, EmailRecognizer, IpRecognizer, PhoneRecognizer)
        recognizers = [CreditCardRecognizer(), DateRecognizer(), EmailRecognizer(), IpRecognizer(),
                       PhoneRecognizer(supported_regions=("JP",))]

        def search(line):
            for recognizer in recognizers:
                for hit in recognizer.analyze(line, recognizer.supported_entities, None) or ():
                    yield hit.entity_type
    else:
        import datafog

        def search(line):
            return (hit.type for hit in datafog.scan(line, engine="regex").entities)
except ImportError:
    sys.exit(77)
with open(path, encoding="utf-8", errors="replace") as file:
    for line in file:
        counts.update(search(line))
for name, count in sorted(counts.items()):
    print(name, count)
